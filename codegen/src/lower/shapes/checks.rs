//! The rules of a member that clients check before they send it, with those of everything in it.
//!
//! `constraint` says the same rules in words. Patterns are in words only: services change them, and
//! their dialect is not Rust's.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Number, Value};

use crate::{
    ir::{Limits, Rules},
    lower::closure::Closure,
    smithy::{Kind, Member, Model, ShapeId, Simple, Traits},
};

/// How deep lists and maps are looked into; `types` refuses what is deeper.
const NESTING: usize = 32;

/// The structures and unions that are sent and in which, at any depth, something has a rule.
pub(in crate::lower) fn ruled_shapes(model: &Model, closure: &Closure) -> BTreeSet<ShapeId> {
    let mut holders: BTreeMap<&ShapeId, Vec<&ShapeId>> = BTreeMap::new();
    let mut pending = Vec::new();
    for (id, _) in closure.shapes().filter(|(_, reach)| reach.sent) {
        let kind = model.shape(id).map(|shape| &shape.kind);
        let Some(Kind::Structure(members) | Kind::Union(members)) = kind else { continue };
        for member in members.values() {
            let mut parts = Parts::default();
            parts.add(model, member, NESTING);
            pending.extend(parts.ruled.then_some(id));
            parts.shapes.into_iter().for_each(|held| holders.entry(held).or_default().push(id));
        }
    }
    let mut ruled = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if ruled.insert(id.clone()) {
            pending.extend(holders.get(id).into_iter().flatten());
        }
    }
    ruled
}

/// What a member is made of, up to the next structures and unions.
#[derive(Default)]
struct Parts<'m> {
    ruled: bool,
    shapes: Vec<&'m ShapeId>,
}

impl<'m> Parts<'m> {
    fn add(&mut self, model: &'m Model, member: &'m Member, depth: usize) {
        let (Some(shape), Some(depth)) = (model.shape(&member.target), depth.checked_sub(1)) else {
            return;
        };
        self.ruled |= !own(&member.traits, &shape.traits, &shape.kind).is_empty();
        match &shape.kind {
            Kind::Structure(_) | Kind::Union(_) => self.shapes.push(&member.target),
            Kind::List(element) => self.add(model, element, depth),
            Kind::Map { key, value } => {
                self.add(model, key, depth);
                self.add(model, value, depth);
            }
            _ => {}
        }
    }
}

/// The rules for a member that is sent; `None` where there are none at any depth.
pub(in crate::lower) fn lower(
    model: &Model,
    ruled: &BTreeSet<ShapeId>,
    member: &Member,
) -> Option<Rules> {
    within(model, ruled, member, NESTING)
}

fn within(
    model: &Model,
    ruled: &BTreeSet<ShapeId>,
    member: &Member,
    depth: usize,
) -> Option<Rules> {
    let (shape, depth) = (model.shape(&member.target)?, depth.checked_sub(1)?);
    let inner = |member| within(model, ruled, member, depth).map(Box::new);
    let own = own(&member.traits, &shape.traits, &shape.kind);
    let rules = match &shape.kind {
        Kind::List(element) => Rules { each: inner(element), ..own },
        Kind::Map { key, value } => Rules { key: inner(key), each: inner(value), ..own },
        _ => own,
    };
    (!rules.is_empty() || ruled.contains(&member.target)).then_some(rules)
}

/// The rules of a value itself; traits of the member go before those of its target.
fn own(member: &Traits, target: &Traits, kind: &Kind) -> Rules {
    let get = |id: &str| member.get(id).or_else(|| target.get(id));
    let range = get("smithy.api#range");
    let fraction = matches!(kind, Kind::Simple(Simple::Float | Simple::Double));
    // No length is less than zero.
    let length =
        get("smithy.api#length").map(|value| limits(value, Number::as_u64, Number::as_u64));
    let length = length.map(|limits| Limits { min: limits.min.filter(|min| *min > 0), ..limits });
    Rules {
        length: length.filter(|limits| *limits != Limits::default()),
        range: range.filter(|_| !fraction).map(|value| limits(value, whole_above, whole_below)),
        float_range: range
            .filter(|_| fraction)
            .map(|value| limits(value, Number::as_f64, Number::as_f64)),
        unique: get("smithy.api#uniqueItems").is_some(),
        each: None,
        key: None,
    }
}

fn limits<T>(
    value: &Value,
    min: impl Fn(&Number) -> Option<T>,
    max: impl Fn(&Number) -> Option<T>,
) -> Limits<T> {
    let bound = |key: &str| value.get(key).and_then(Value::as_number);
    Limits { min: bound("min").and_then(min), max: bound("max").and_then(max) }
}

/// The least whole number that is not below `number`.
fn whole_above(number: &Number) -> Option<i128> {
    number.as_i128().or_else(|| number.as_f64().map(|number| number.ceil() as i128))
}

/// The greatest whole number that is not above `number`.
fn whole_below(number: &Number) -> Option<i128> {
    number.as_i128().or_else(|| number.as_f64().map(|number| number.floor() as i128))
}
