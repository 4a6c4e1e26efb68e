//! Compares the service itself: its names, and where its requests go.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    facts,
    side::{KnownApis, Side},
};
use crate::{
    changes::tree::{Fact, Location, Node, Status, Uncounted},
    smithy::Shape,
};

/// The traits that contain endpoint rules, in either form.
const RULES: [&str; 2] = ["smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd"];

pub(super) fn compare(
    old: &Side<'_>,
    new: &Side<'_>,
    known: &KnownApis<'_>,
    uncounted: &mut Uncounted,
) -> Node {
    let mut node = Node::new(Location::Service, Status::Changed);
    node.effects.extend(known.differences.service.iter().cloned());
    match known.apis {
        Some((before, after)) => {
            node.facts = facts::of_objects(&json!(before.facts), &json!(after.facts))
        }
        None => node.facts.extend(names(old, new)),
    }
    let (before, after) = ((old, &old.shape.traits), (new, &new.shape.traits));
    facts::add_traits(&mut node, before, after, uncounted);
    node.children.extend(rules(old.shape, new.shape));
    node
}

/// The facts that are known even if the service cannot be generated.
fn names(old: &Side<'_>, new: &Side<'_>) -> Vec<Fact> {
    let of = |side: &Side<'_>| json!({"name": side.id.name(), "version": side.facts.version});
    facts::of_objects(&of(old), &of(new))
}

fn rules(old: &Shape, new: &Shape) -> Option<Node> {
    let of = |shape: &Shape| RULES.iter().find_map(|id| shape.traits.get(id).cloned());
    let (before, after) = (of(old), of(new));
    let status = match (&before, &after) {
        (None, Some(_)) => Status::Added,
        (Some(_), None) => Status::Removed,
        (before, after) if before != after => Status::Changed,
        _ => return None,
    };
    let mut node = Node::new(Location::EndpointRules, status);
    if let (Some(before), Some(after)) = (before, after) {
        node.facts = facts::of_objects(&shape_of(&before), &shape_of(&after));
        if node.facts.is_empty() {
            let what = "conditions or endpoints".to_owned();
            node.facts.push(Fact { what, from: None, to: None });
        }
    }
    Some(node)
}

/// A summary of endpoint rules: their number and their parameters.
fn shape_of(rules: &Value) -> Value {
    let names: BTreeSet<_> =
        rules["parameters"].as_object().into_iter().flatten().map(|(name, _)| name).collect();
    match rules["rules"].as_array() {
        Some(all) => json!({"parameters": names, "rules": count(all)}),
        None => json!({"parameters": names, "nodes": rules["nodeCount"]}),
    }
}

fn count(rules: &[Value]) -> usize {
    let below = |rule: &Value| rule["rules"].as_array().map_or(0, |rules| count(rules));
    rules.iter().map(|rule| 1 + below(rule)).sum()
}
