//! What changed of the operations by themselves: what they take and give at the first level, what they
//! fail with, how they are paged through and waited for.

use std::collections::BTreeSet;

use longshore_codegen::smithy::{Kind, Operation, Shape, ShapeId};
use serde_json::{Map, Value, json};

use super::{
    facts, pairs,
    side::{Known, Pair, Part, Side},
};
use crate::changes::{
    rust::OfOperation,
    tree::{About, Effect, Node, Silent, Status, Step},
};

/// An operation with its changes, before what its members lead to is added.
pub(super) struct Compared<'m> {
    pub(super) node: Node,
    /// Request, response, exceptions, paginator, waiters; each with its members.
    pub(super) parts: Vec<(Node, Vec<Part<'m>>)>,
}

/// Every operation of both models, by name.
pub(super) fn compare<'m>(
    old: &Side<'m>,
    new: &Side<'m>,
    known: &Known<'_>,
    silent: &mut Silent,
) -> Vec<Compared<'m>> {
    let names: BTreeSet<_> = old.operations.keys().chain(new.operations.keys()).copied().collect();
    let nothing = OfOperation::default();
    let mut found = Vec::new();
    for name in names {
        found.push(match (old.operations.get(name), new.operations.get(name)) {
            (Some(before), Some(after)) => {
                let rust = known.differences.operations.get(name).unwrap_or(&nothing);
                let sides = ((old, *before), (new, *after));
                Both { name, sides, rust, silent }.compare()
            }
            (None, Some((_, operation))) => {
                let api = known.apis.map(|(_, new)| new);
                single(name, Status::Added, (new, operation), call(api, name).map(Effect::New))
            }
            (Some((_, operation)), _) => {
                let api = known.apis.map(|(old, _)| old);
                single(name, Status::Removed, (old, operation), call(api, name).map(Effect::Gone))
            }
            (None, None) => continue,
        });
    }
    found
}

/// What operations that are in both models lead to: inputs, outputs and exceptions aside, whose own
/// names are the operation's, the shapes of their members.
pub(super) fn targets<'m>(old: &Side<'m>, new: &Side<'m>) -> Vec<Pair<'m>> {
    let mut silent = Silent::default();
    let known = Known { apis: None, differences: &Default::default() };
    let operations = compare(old, new, &known, &mut silent);
    let parts = operations.into_iter().flat_map(|compared| compared.parts);
    parts.flat_map(|(_, parts)| parts).filter_map(|part| part.target).collect()
}

/// The client's method.
fn call(api: Option<&longshore_codegen::api::Api>, name: &str) -> Option<String> {
    let method = api?.operations.get(name)?.methods.get("call")?;
    Some(format!("Client::{}", method.name))
}

fn single<'m>(
    name: &str,
    status: Status,
    (side, operation): (&Side<'m>, &Operation),
    effect: Option<Effect>,
) -> Compared<'m> {
    let mut node = Node::new(Step::Operation(name.to_owned()), status);
    let members = |id: &Option<ShapeId>| -> Vec<(String, bool)> {
        let shape = id.as_ref().and_then(|id| side.model.shape(id));
        let members = shape.map(|shape| shape.kind.members()).unwrap_or_default();
        let required =
            |traits: &longshore_codegen::smithy::Traits| traits.has("smithy.api#required");
        members.into_iter().map(|(n, m)| (n.to_owned(), required(&m.traits))).collect()
    };
    let members = [members(&operation.input), members(&operation.output)];
    node.about = Some(About { ty: String::new(), required: false, facts: Vec::new(), members });
    node.effects.extend(effect);
    Compared { node, parts: Vec::new() }
}

/// An operation that is in both models.
struct Both<'a, 'm> {
    name: &'a str,
    sides: (AtSide<'a, 'm>, AtSide<'a, 'm>),
    rust: &'a OfOperation,
    silent: &'a mut Silent,
}

/// A model with an operation of it.
type AtSide<'a, 'm> = (&'a Side<'m>, (&'m Shape, &'m Operation));

impl<'m> Both<'_, 'm> {
    fn compare(mut self) -> Compared<'m> {
        let ((_, (before, _)), (_, (after, _))) = self.sides;
        let mut node = Node::new(Step::Operation(self.name.to_owned()), Status::Changed);
        node.effects.extend(self.rust.call.iter().cloned());
        facts::add_traits(&mut node, &before.traits, &after.traits, self.silent);
        let mut parts = vec![self.structure(Step::Request), self.structure(Step::Response)];
        parts.extend(self.exceptions());
        parts.extend(self.paginator().map(|node| (node, Vec::new())));
        parts.extend(self.waiters().into_iter().map(|node| (node, Vec::new())));
        Compared { node, parts }
    }

    fn structure(&mut self, step: Step) -> (Node, Vec<Part<'m>>) {
        let ((old, (_, before)), (new, (_, after))) = self.sides;
        let (ids, rust) = match step {
            Step::Request => ((&before.input, &after.input), &self.rust.request),
            _ => ((&before.output, &after.output), &self.rust.response),
        };
        let pair = (old.or_unit(ids.0.as_ref()), new.or_unit(ids.1.as_ref()));
        let found = pairs::compare(old, new, pair, rust, self.silent);
        (Node { step, ..found.node }, found.parts)
    }

    fn exceptions(&self) -> Vec<(Node, Vec<Part<'m>>)> {
        let ((old, (_, before)), (new, (_, after))) = self.sides;
        // The service may list what the operation lists as well.
        let listed = |side: &Side<'m>, operation: &'m Operation| -> Vec<&'m ShapeId> {
            let mut seen = BTreeSet::new();
            let all = operation.errors.iter().chain(&side.facts.errors);
            all.filter(|id| seen.insert(id.name())).collect()
        };
        let (before, after) = (listed(old, before), listed(new, after));
        let mut found = Vec::new();
        for id in &after {
            let known = before.iter().find(|known| known.name() == id.name());
            let status = if known.is_some() { Status::Changed } else { Status::Added };
            found.push(self.exception(id, status, known.map(|known| (*known, *id))));
        }
        for id in before.iter().filter(|id| !after.iter().any(|known| known.name() == id.name())) {
            found.push(self.exception(id, Status::Removed, None));
        }
        found
    }

    fn exception(
        &self,
        id: &ShapeId,
        status: Status,
        target: Option<Pair<'m>>,
    ) -> (Node, Vec<Part<'m>>) {
        let mut node = Node::new(Step::Exception(id.name().to_owned()), status);
        node.effects.extend(self.rust.error.members.get(id.name()).into_iter().flatten().cloned());
        // The step to the shape of the exception is none of its own.
        let through = Part { node: Node::new(Step::Element, Status::Changed), target };
        (node, target.map(|_| through).into_iter().collect())
    }

    fn paginator(&self) -> Option<Node> {
        let ((old, (before, _)), (new, (after, _))) = self.sides;
        let (before, after) = (paginated(old, before), paginated(new, after));
        let mut node = Node::new(Step::Paginator, status(&before, &after)?);
        node.effects.extend(self.rust.pages.iter().cloned());
        if let (Some(before), Some(after)) = (&before, &after) {
            node.facts = facts::of_objects(before, after);
        }
        (!node.is_empty()).then_some(node)
    }

    fn waiters(&self) -> Vec<Node> {
        let ((_, (before, _)), (_, (after, _))) = self.sides;
        let all = |shape: &Shape| -> Map<String, Value> {
            let waiters = shape.traits.get("smithy.waiters#waitable").and_then(Value::as_object);
            waiters.cloned().unwrap_or_default()
        };
        let (before, after) = (all(before), all(after));
        let names: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        let node = |name: &String| {
            let (before, after) = (before.get(name), after.get(name));
            let mut node = Node::new(Step::Waiter(name.clone()), status(&before, &after)?);
            node.effects.extend(self.rust.waiters.get(name).into_iter().flatten().cloned());
            if let (Some(before), Some(after)) = (before, after) {
                node.facts = facts::of_objects(before, after);
            }
            (!node.is_empty()).then_some(node)
        };
        names.into_iter().filter_map(node).collect()
    }
}

fn status<T>(before: &Option<T>, after: &Option<T>) -> Option<Status> {
    match (before, after) {
        (None, None) => None,
        (None, Some(_)) => Some(Status::Added),
        (Some(_), None) => Some(Status::Removed),
        (Some(_), Some(_)) => Some(Status::Changed),
    }
}

/// How an operation is paged through, with what the service says for all of them.
fn paginated(side: &Side<'_>, operation: &Shape) -> Option<Value> {
    let own = operation.traits.get("smithy.api#paginated")?.as_object();
    let shared = side.shape.traits.get("smithy.api#paginated").and_then(Value::as_object);
    let mut all = shared.cloned().unwrap_or_default();
    all.extend(own.cloned().unwrap_or_default());
    Some(json!(all))
}

impl<'m> Side<'m> {
    /// The input or output; the structure of the prelude that has no members where there is none.
    fn or_unit(&self, id: Option<&'m ShapeId>) -> &'m ShapeId {
        static UNIT: std::sync::LazyLock<ShapeId> =
            std::sync::LazyLock::new(|| ShapeId::prelude("Unit"));
        id.filter(|id| {
            self.model.shape(id).is_some_and(|shape| matches!(shape.kind, Kind::Structure(_)))
        })
        .unwrap_or(&UNIT)
    }
}
