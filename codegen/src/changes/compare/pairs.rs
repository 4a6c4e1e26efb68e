//! Compares the shapes below the operations, each with the shape at the same location in the other
//! model.

use std::collections::HashMap;

use super::{
    facts,
    side::{Edge, KnownApis, ShapePair, Side},
};
use crate::{
    changes::{
        rust::{self, TypeEffects},
        tree::{Details, Location, Node, Status, Uncounted},
    },
    smithy::{Kind, Member, Members, Shape},
};

/// The changes of a shape itself.
pub(super) struct ShapeChanges<'m> {
    /// The changes of the shape as a whole; its members are in `edges`.
    pub(super) node: Node,
    /// Its members, including unchanged ones.
    pub(super) edges: Vec<Edge<'m>>,
}

impl ShapeChanges<'_> {
    /// Returns true if the shape itself changed.
    pub(super) fn changed(&self) -> bool {
        !self.node.is_empty() || self.edges.iter().any(|edge| !edge.node.is_empty())
    }
}

/// The pairs of shapes that operations of both models refer to, directly or through other shapes.
pub(super) struct ShapePairs<'m> {
    pub(super) found: HashMap<ShapePair<'m>, ShapeChanges<'m>>,
}

impl<'m> ShapePairs<'m> {
    pub(super) fn of(
        old: &Side<'m>,
        new: &Side<'m>,
        mut pending: Vec<ShapePair<'m>>,
        known: &KnownApis<'_>,
        uncounted: &mut Uncounted,
    ) -> Self {
        let mut found: HashMap<ShapePair<'m>, ShapeChanges<'m>> = HashMap::new();
        while let Some(pair) = pending.pop() {
            if found.contains_key(&pair) {
                continue;
            }
            let names = (old.name(pair.0), new.name(pair.1));
            let rust = known.apis.map(|(before, after)| rust::types(before, after, names));
            let rust = rust.unwrap_or_default();
            let this = compare(old, new, pair, &rust, uncounted);
            pending.extend(this.edges.iter().filter_map(|edge| edge.target));
            found.insert(pair, this);
        }
        Self { found }
    }
}

/// Compares two shapes, without the types of their members.
pub(super) fn compare<'m>(
    old: &Side<'m>,
    new: &Side<'m>,
    (before, after): ShapePair<'m>,
    rust: &TypeEffects,
    uncounted: &mut Uncounted,
) -> ShapeChanges<'m> {
    let mut node = Node::new(Location::Type(new.name(after).to_owned()), Status::Changed);
    node.effects.extend(rust.own.iter().cloned());
    node.facts.extend(rust.way.clone());
    let (Some(before), Some(after)) = (old.model.shape(before), new.model.shape(after)) else {
        return ShapeChanges { node, edges: Vec::new() };
    };
    facts::add_traits(&mut node, (old, &before.traits), (new, &after.traits), uncounted);
    let mut members = Comparison { old, new, rust, uncounted };
    let edges = members.of(before, after);
    ShapeChanges { node, edges }
}

struct Comparison<'a, 'm> {
    old: &'a Side<'m>,
    new: &'a Side<'m>,
    rust: &'a TypeEffects,
    uncounted: &'a mut Uncounted,
}

impl<'m> Comparison<'_, 'm> {
    fn of(&mut self, old: &'m Shape, new: &'m Shape) -> Vec<Edge<'m>> {
        match (&old.kind, &new.kind) {
            (Kind::Structure(old), Kind::Structure(new)) | (Kind::Union(old), Kind::Union(new)) => {
                self.members(old, new)
            }
            (Kind::Enum(old), Kind::Enum(new)) | (Kind::IntEnum(old), Kind::IntEnum(new)) => {
                self.choices(old, new)
            }
            (Kind::List(old), Kind::List(new)) => vec![self.both(Location::Element, old, new)],
            (Kind::Map { key: k1, value: v1 }, Kind::Map { key: k2, value: v2 }) => {
                vec![self.both(Location::Key, k1, k2), self.both(Location::Value, v1, v2)]
            }
            _ => Vec::new(),
        }
    }

    fn members(&mut self, old: &'m Members, new: &'m Members) -> Vec<Edge<'m>> {
        let mut edges = Vec::new();
        for (name, member) in new {
            let location = Location::Member(name.clone());
            edges.push(match old.get(name) {
                Some(before) => self.named(location, name, before, member),
                None => self.single(location, name, Status::Added, (self.new, member)),
            });
        }
        for (name, member) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
            let location = Location::Member(name.clone());
            edges.push(self.single(location, name, Status::Removed, (self.old, member)));
        }
        edges
    }

    /// Enum values are equal if they are equal on the wire.
    fn choices(&mut self, old: &'m Members, new: &'m Members) -> Vec<Edge<'m>> {
        let valued = |members: &'m Members| -> Vec<(String, &'m Member)> {
            members.iter().map(|(name, member)| (value(name, member), member)).collect()
        };
        let (old, new) = (valued(old), valued(new));
        let mut edges = Vec::new();
        for (value, member) in &new {
            let location = Location::EnumValue(value.clone());
            let before = old.iter().find(|(known, _)| known == value);
            edges.push(match before {
                Some((_, before)) => self.named(location, value, before, member),
                None => self.choice(location, value, Status::Added),
            });
        }
        for (value, _) in old.iter().filter(|(value, _)| !new.iter().any(|(v, _)| v == value)) {
            edges.push(self.choice(Location::EnumValue(value.clone()), value, Status::Removed));
        }
        edges
    }

    fn named(
        &mut self,
        location: Location,
        name: &str,
        old: &'m Member,
        new: &'m Member,
    ) -> Edge<'m> {
        let mut edge = self.both(location, old, new);
        edge.node.effects.extend(self.effects(name));
        edge
    }

    fn both(&mut self, location: Location, old: &'m Member, new: &'m Member) -> Edge<'m> {
        let mut node = Node::new(location, Status::Changed);
        let other = facts::of_types((self.old, old), (self.new, new));
        let kind = |side: &Side<'m>, member: &'m Member| {
            side.model.shape(&member.target).map(|shape| std::mem::discriminant(&shape.kind))
        };
        // If a type became a different kind of type, only the effects on callers of the same name
        // matter.
        let alike = match kind(self.old, old) == kind(self.new, new) {
            true => other.is_none() || !matches!(simple(self.new, new), Some(true)),
            false => facts::is_same_name((self.old, old), (self.new, new)),
        };
        node.facts.extend(other);
        let (old_traits, new_traits) = ((self.old, &old.traits), (self.new, &new.traits));
        facts::add_traits(&mut node, old_traits, new_traits, self.uncounted);
        Edge { node, target: alike.then_some((&old.target, &new.target)) }
    }

    fn single(
        &self,
        location: Location,
        name: &str,
        status: Status,
        (side, member): (&Side<'m>, &'m Member),
    ) -> Edge<'m> {
        let mut node = Node::new(location, status);
        let ty = facts::type_of(side, &member.target);
        let required = member.traits.has("smithy.api#required");
        let facts = match status {
            Status::Added => facts::of_member(side, member),
            Status::Changed | Status::Removed => Vec::new(),
        };
        node.details = Some(Details { ty, required, facts, members: Default::default() });
        node.effects.extend(self.effects(name));
        Edge { node, target: None }
    }

    fn choice(&self, location: Location, value: &str, status: Status) -> Edge<'m> {
        let mut node = Node::new(location, status);
        node.effects.extend(self.effects(value));
        Edge { node, target: None }
    }

    fn effects(&self, name: &str) -> Vec<crate::changes::tree::Effect> {
        self.rust.members.get(name).cloned().unwrap_or_default()
    }
}

fn simple(side: &Side<'_>, member: &Member) -> Option<bool> {
    side.model.shape(&member.target).map(|shape| matches!(shape.kind, Kind::Simple(_)))
}

/// The wire value of a member of an enum, as text.
fn value(name: &str, member: &Member) -> String {
    match member.traits.get("smithy.api#enumValue") {
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => name.to_owned(),
    }
}
