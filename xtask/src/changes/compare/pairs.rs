//! The shapes below the operations, each with the one that stands at its place in the other model:
//! what changed of each by itself, and which others it leads to.

use std::collections::HashMap;

use longshore_codegen::smithy::{Kind, Member, Members, Shape};

use super::{
    facts,
    side::{Known, Pair, Part, Side},
};
use crate::changes::{
    rust::{self, OfType},
    tree::{About, Node, Silent, Status, Step},
};

/// What changed of a shape by itself.
pub(super) struct Found<'m> {
    /// Of the shape as a whole; its children are in `parts`.
    pub(super) node: Node,
    /// Its members, those that did not change among them.
    pub(super) parts: Vec<Part<'m>>,
}

impl Found<'_> {
    /// Whether the shape itself changed.
    pub(super) fn changed(&self) -> bool {
        !self.node.is_empty() || self.parts.iter().any(|part| !part.node.is_empty())
    }
}

/// The pairs of shapes that operations of both models refer to, directly or through other shapes.
pub(super) struct Pairs<'m> {
    pub(super) found: HashMap<Pair<'m>, Found<'m>>,
}

impl<'m> Pairs<'m> {
    pub(super) fn of(
        old: &Side<'m>,
        new: &Side<'m>,
        mut pending: Vec<Pair<'m>>,
        known: &Known<'_>,
        silent: &mut Silent,
    ) -> Self {
        let mut found: HashMap<Pair<'m>, Found<'m>> = HashMap::new();
        while let Some(pair) = pending.pop() {
            if found.contains_key(&pair) {
                continue;
            }
            let names = (old.name(pair.0), new.name(pair.1));
            let rust = known.apis.map(|(before, after)| rust::types(before, after, names));
            let rust = rust.unwrap_or_default();
            let this = compare(old, new, pair, &rust, silent);
            pending.extend(this.parts.iter().filter_map(|part| part.target));
            found.insert(pair, this);
        }
        Self { found }
    }
}

/// Compares two shapes, without what their members lead to.
pub(super) fn compare<'m>(
    old: &Side<'m>,
    new: &Side<'m>,
    (before, after): Pair<'m>,
    rust: &OfType,
    silent: &mut Silent,
) -> Found<'m> {
    let mut node = Node::new(Step::Type(new.name(after).to_owned()), Status::Changed);
    node.effects.extend(rust.own.iter().cloned());
    node.facts.extend(rust.way.clone());
    let (Some(before), Some(after)) = (old.model.shape(before), new.model.shape(after)) else {
        return Found { node, parts: Vec::new() };
    };
    facts::add_traits(&mut node, &before.traits, &after.traits, silent);
    let mut members = Comparison { old, new, rust, silent };
    let parts = members.of(before, after);
    Found { node, parts }
}

struct Comparison<'a, 'm> {
    old: &'a Side<'m>,
    new: &'a Side<'m>,
    rust: &'a OfType,
    silent: &'a mut Silent,
}

impl<'m> Comparison<'_, 'm> {
    fn of(&mut self, old: &'m Shape, new: &'m Shape) -> Vec<Part<'m>> {
        match (&old.kind, &new.kind) {
            (Kind::Structure(old), Kind::Structure(new)) | (Kind::Union(old), Kind::Union(new)) => {
                self.members(old, new)
            }
            (Kind::Enum(old), Kind::Enum(new)) | (Kind::IntEnum(old), Kind::IntEnum(new)) => {
                self.choices(old, new)
            }
            (Kind::List(old), Kind::List(new)) => vec![self.both(Step::Element, old, new)],
            (Kind::Map { key: k1, value: v1 }, Kind::Map { key: k2, value: v2 }) => {
                vec![self.both(Step::Key, k1, k2), self.both(Step::Value, v1, v2)]
            }
            _ => Vec::new(),
        }
    }

    fn members(&mut self, old: &'m Members, new: &'m Members) -> Vec<Part<'m>> {
        let mut parts = Vec::new();
        for (name, member) in new {
            let step = Step::Member(name.clone());
            parts.push(match old.get(name) {
                Some(before) => self.named(step, name, before, member),
                None => self.single(step, name, Status::Added, (self.new, member)),
            });
        }
        for (name, member) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
            let step = Step::Member(name.clone());
            parts.push(self.single(step, name, Status::Removed, (self.old, member)));
        }
        parts
    }

    /// The values of an enum are the same when they are the same on the wire.
    fn choices(&mut self, old: &'m Members, new: &'m Members) -> Vec<Part<'m>> {
        let valued = |members: &'m Members| -> Vec<(String, &'m Member)> {
            members.iter().map(|(name, member)| (value(name, member), member)).collect()
        };
        let (old, new) = (valued(old), valued(new));
        let mut parts = Vec::new();
        for (value, member) in &new {
            let step = Step::Choice(value.clone());
            let before = old.iter().find(|(known, _)| known == value);
            parts.push(match before {
                Some((_, before)) => self.named(step, value, before, member),
                None => self.choice(step, value, Status::Added),
            });
        }
        for (value, _) in old.iter().filter(|(value, _)| !new.iter().any(|(v, _)| v == value)) {
            parts.push(self.choice(Step::Choice(value.clone()), value, Status::Removed));
        }
        parts
    }

    fn named(&mut self, step: Step, name: &str, old: &'m Member, new: &'m Member) -> Part<'m> {
        let mut part = self.both(step, old, new);
        part.node.effects.extend(self.effects(name));
        part
    }

    fn both(&mut self, step: Step, old: &'m Member, new: &'m Member) -> Part<'m> {
        let mut node = Node::new(step, Status::Changed);
        let other = facts::of_types((self.old, old), (self.new, new));
        let kind = |side: &Side<'m>, member: &'m Member| {
            side.model.shape(&member.target).map(|shape| std::mem::discriminant(&shape.kind))
        };
        // Of a type that became a different kind of type there is nothing to compare, but what callers
        // notice of its name.
        let alike = match kind(self.old, old) == kind(self.new, new) {
            true => other.is_none() || !matches!(simple(self.new, new), Some(true)),
            false => facts::is_same_name((self.old, old), (self.new, new)),
        };
        node.facts.extend(other);
        facts::add_traits(&mut node, &old.traits, &new.traits, self.silent);
        Part { node, target: alike.then_some((&old.target, &new.target)) }
    }

    fn single(
        &self,
        step: Step,
        name: &str,
        status: Status,
        (side, member): (&Side<'m>, &'m Member),
    ) -> Part<'m> {
        let mut node = Node::new(step, status);
        let ty = facts::type_of(side, &member.target);
        let required = member.traits.has("smithy.api#required");
        let facts = match status {
            Status::Added => facts::of_member(side, member),
            Status::Changed | Status::Removed => Vec::new(),
        };
        node.about = Some(About { ty, required, facts, members: Default::default() });
        node.effects.extend(self.effects(name));
        Part { node, target: None }
    }

    fn choice(&self, step: Step, value: &str, status: Status) -> Part<'m> {
        let mut node = Node::new(step, status);
        node.effects.extend(self.effects(value));
        Part { node, target: None }
    }

    fn effects(&self, name: &str) -> Vec<crate::changes::tree::Effect> {
        self.rust.members.get(name).cloned().unwrap_or_default()
    }
}

fn simple(side: &Side<'_>, member: &Member) -> Option<bool> {
    side.model.shape(&member.target).map(|shape| matches!(shape.kind, Kind::Simple(_)))
}

/// The value of a member of an enum on the wire, as text.
fn value(name: &str, member: &Member) -> String {
    match member.traits.get("smithy.api#enumValue") {
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => name.to_owned(),
    }
}
