//! Compares the facts of shapes and members: their traits, and the types of members.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::side::Side;
use crate::{
    changes::tree::{Effect, Fact, Location, Node, Status, Uncounted},
    smithy::{Kind, Member, Model, PAGE_TOKENS, ShapeId, TARGET_PREFIX, Traits},
};

/// How many levels of nested lists and maps are written out.
const DEPTH: usize = 6;

/// Traits that are reported although they do not affect clients: the status of an exception.
const NOTED: &[&str] = &["smithy.api#httpError"];

/// Traits that another part of the comparison handles, directly or by their effect.
const ELSEWHERE: &[&str] = &[
    "aws.api#service",
    "aws.auth#sigv4",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQueryCompatible",
    PAGE_TOKENS,
    TARGET_PREFIX,
    "smithy.api#box",
    "smithy.api#documentation",
    "smithy.api#enumValue",
    "smithy.api#input",
    "smithy.api#output",
    "smithy.api#paginated",
    "smithy.api#title",
    "smithy.rules#endpointBdd",
    "smithy.rules#endpointRuleSet",
    "smithy.rules#endpointTests",
    "smithy.waiters#waitable",
];

/// Adds the traits that differ to a node, and counts those that do not affect clients.
pub(super) fn add_traits(
    node: &mut Node,
    (before, old): (&Side<'_>, &Traits),
    (after, new): (&Side<'_>, &Traits),
    uncounted: &mut Uncounted,
) {
    let ids: BTreeSet<_> = old.0.keys().chain(new.0.keys()).collect();
    for id in ids {
        let (from, to) = (old.get(id), new.get(id));
        if from == to || ELSEWHERE.contains(&id.as_str()) {
            continue;
        }
        if before.ignores(id) && after.ignores(id) && !NOTED.contains(&id.as_str()) {
            uncounted.traits += 1;
            continue;
        }
        if id == "smithy.api#deprecated" && from.is_none() {
            node.effects.push(Effect::Deprecated);
        }
        node.facts.push(Fact { what: id.clone(), from: from.cloned(), to: to.cloned() });
    }
}

/// The traits of a member and of its simple shape, except `required`.
pub(super) fn of_member(side: &Side<'_>, member: &Member) -> Vec<Fact> {
    let mut node = Node::new(Location::Element, Status::Added);
    let (none, mut uncounted) = (Traits::default(), Uncounted::default());
    let target = side.model.shape(&member.target);
    let target = target.filter(|shape| matches!(shape.kind, Kind::Simple(_)));
    for traits in [Some(&member.traits), target.map(|shape| &shape.traits)].into_iter().flatten() {
        add_traits(&mut node, (side, &none), (side, traits), &mut uncounted);
    }
    // A trait of the member overrides the same trait of its shape.
    let mut seen = BTreeSet::from(["smithy.api#required".to_owned()]);
    node.facts.retain(|fact| seen.insert(fact.what.clone()));
    node.facts
}

/// The fields of an object that differ, one fact for each.
pub(super) fn of_objects(old: &Value, new: &Value) -> Vec<Fact> {
    let keys =
        |value: &Value| value.as_object().into_iter().flatten().map(|(k, _)| k.clone()).collect();
    let (before, after): (BTreeSet<String>, BTreeSet<String>) = (keys(old), keys(new));
    let fact = |key: &String| {
        let (from, to) = (old.get(key), new.get(key));
        (from != to).then(|| Fact { what: key.clone(), from: from.cloned(), to: to.cloned() })
    };
    before.union(&after).filter_map(fact).collect()
}

/// The types of a member if they differ. Names of lists, maps and simple shapes do not count.
pub(super) fn of_types(old: AtSide<'_>, new: AtSide<'_>) -> Option<Fact> {
    let heads = (head(old), head(new));
    let texts = match is_same_name(old, new) {
        true => heads.clone(),
        false => (type_of(old.0, &old.1.target), type_of(new.0, &new.1.target)),
    };
    let fact =
        || Fact { what: "type".to_owned(), from: Some(json!(texts.0)), to: Some(json!(texts.1)) };
    (heads.0 != heads.1).then(fact)
}

/// A member of one of the models.
type AtSide<'a> = (&'a Side<'a>, &'a Member);

/// Returns true if two types are of named kinds and have the same name.
pub(super) fn is_same_name(old: AtSide<'_>, new: AtSide<'_>) -> bool {
    kind(old).is_some() && kind(new).is_some() && named(old) == named(new)
}

/// The type of a member, without its content.
fn head((side, member): AtSide<'_>) -> String {
    match (kind((side, member)), side.model.shape(&member.target).map(|shape| &shape.kind)) {
        (Some(kind), _) => format!("{kind} {}", named((side, member))),
        (None, Some(Kind::List(_))) => "list".to_owned(),
        (None, Some(Kind::Map { .. })) => "map".to_owned(),
        (None, _) => type_of(side, &member.target),
    }
}

fn named<'a>((side, member): AtSide<'a>) -> &'a str {
    side.name(&member.target)
}

/// The kind of a shape if its name counts.
fn kind((side, member): AtSide<'_>) -> Option<&'static str> {
    match side.model.shape(&member.target)?.kind {
        Kind::Structure(_) => Some("structure"),
        Kind::Union(_) => Some("union"),
        Kind::Enum(_) => Some("enum"),
        Kind::IntEnum(_) => Some("intEnum"),
        _ => None,
    }
}

/// A type in terms of the model: `list of Image`.
pub(super) fn type_of(side: &Side<'_>, id: &ShapeId) -> String {
    at_depth(side, id, DEPTH)
}

fn at_depth(side: &Side<'_>, id: &ShapeId, depth: usize) -> String {
    let Some(depth) = depth.checked_sub(1) else { return "\u{2026}".to_owned() };
    match side.model.shape(id).map(|shape| &shape.kind) {
        Some(Kind::Simple(simple)) => simple.ast_name().to_owned(),
        Some(Kind::List(element)) => format!("list of {}", at_depth(side, &element.target, depth)),
        Some(Kind::Map { key, value }) => {
            let of = |member: &Member| at_depth(side, &member.target, depth);
            format!("map of {} to {}", of(key), of(value))
        }
        _ => side.facts.rename.get(id).map_or(id.name(), String::as_str).to_owned(),
    }
}

/// The number of documentation texts that differ, among the shapes and members of both models.
pub(super) fn documentation(old: &Model, new: &Model) -> usize {
    let text = |traits: &Traits| traits.get("smithy.api#documentation").cloned();
    let mut count = 0;
    for (id, shape) in &new.shapes {
        let Some(before) = old.shapes.get(id) else { continue };
        count += usize::from(text(&before.traits) != text(&shape.traits));
        let known: std::collections::HashMap<_, _> = before.kind.members().into_iter().collect();
        count += shape
            .kind
            .members()
            .into_iter()
            .filter(|(name, member)| {
                known.get(name).is_some_and(|old| text(&old.traits) != text(&member.traits))
            })
            .count();
    }
    count
}
