//! Lowers the constraints of a member, with those of everything in it up to the next structure.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    ir::{Bounds, Constraints, Number},
    lower::{closure::Closure, pattern},
    smithy::{Kind, Member, Model, Shape, ShapeId},
};

/// The depth to which lists and maps are examined; `member_type` rejects deeper ones.
const MAX_NESTING: usize = 32;

/// Returns the structures and unions that are sent and have constraints at any depth.
pub(in crate::lower) fn ruled_shapes(model: &Model, closure: &Closure) -> BTreeSet<ShapeId> {
    let mut holders: BTreeMap<&ShapeId, Vec<&ShapeId>> = BTreeMap::new();
    let mut pending = Vec::new();
    for (id, _) in closure.shapes().filter(|(_, reach)| reach.sent) {
        let kind = model.shape(id).map(|shape| &shape.kind);
        let Some(Kind::Structure(members) | Kind::Union(members)) = kind else { continue };
        for member in members.values() {
            let mut parts = Parts::default();
            parts.add(model, member, MAX_NESTING);
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

/// The content of a member, up to the next structures and unions.
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
        self.ruled |= own(member, shape).is_checked_itself();
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

/// The constraints of a member; `ruled` are the structures and unions with constraints inside.
pub(in crate::lower) fn lower(
    model: &Model,
    ruled: &BTreeSet<ShapeId>,
    member: &Member,
) -> Constraints {
    within(model, ruled, member, MAX_NESTING).unwrap_or_default()
}

fn within(
    model: &Model,
    ruled: &BTreeSet<ShapeId>,
    member: &Member,
    depth: usize,
) -> Option<Constraints> {
    let (shape, depth) = (model.shape(&member.target)?, depth.checked_sub(1)?);
    let inner = |member| within(model, ruled, member, depth).map(Box::new);
    let nested = ruled.contains(&member.target);
    let own = Constraints { nested, ..own(member, shape) };
    Some(match &shape.kind {
        Kind::List(element) => Constraints { each: inner(element), ..own },
        Kind::Map { key, value } => Constraints { key: inner(key), each: inner(value), ..own },
        _ => own,
    })
}

/// The constraints of a value itself; traits of the member take precedence over those of its target.
fn own(member: &Member, target: &Shape) -> Constraints {
    let is_enum = matches!(target.kind, Kind::Enum(_) | Kind::IntEnum(_));
    let is_text = target.kind.is_text();
    let (member, target) = (&member.traits, &target.traits);
    let get = |id: &str| member.get(id).or_else(|| target.get(id));
    let text = |id: &str| member.text(id).or_else(|| target.text(id)).map(str::to_owned);
    let pattern = text("smithy.api#pattern");
    Constraints {
        is_pattern_checked: is_text && pattern.as_deref().is_some_and(pattern::is_supported),
        is_enum,
        pattern,
        length: get("smithy.api#length").map(bounds),
        range: get("smithy.api#range").map(bounds),
        unique: get("smithy.api#uniqueItems").is_some(),
        media_type: text("smithy.api#mediaType"),
        ..Constraints::default()
    }
}

fn bounds(value: &Value) -> Bounds {
    let bound = |key: &str| value.get(key).and_then(Value::as_number).and_then(number);
    Bounds { min: bound("min"), max: bound("max") }
}

fn number(number: &serde_json::Number) -> Option<Number> {
    let whole = number.as_i128().map(Number::Whole);
    whole.or_else(|| number.as_f64().map(Number::Fraction))
}
