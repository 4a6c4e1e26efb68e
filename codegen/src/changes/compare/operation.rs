//! Compares operations: the members of request and response, exceptions, paginators and waiters.
//! Types of members are compared in `pairs`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{
    facts, pairs,
    side::{Edge, KnownApis, ShapePair, Side},
};
use crate::{
    changes::{
        rust::OperationEffects,
        tree::{Details, Effect, Location, Node, Status, Uncounted},
    },
    smithy::{Kind, OperationShape, PAGE_TOKENS, Shape, ShapeId},
};

/// An operation with its own changes, to which those of its members' types are added later.
pub(super) struct OperationChanges<'m> {
    pub(super) node: Node,
    /// Request, response, exceptions, paginator and waiters, each with its members.
    pub(super) edges: Vec<(Node, Vec<Edge<'m>>)>,
}

impl<'m> OperationChanges<'m> {
    /// The types of the members, and the exceptions that both models have. Inputs and outputs are
    /// part of the operation and not among them.
    pub(super) fn targets(&self) -> impl Iterator<Item = ShapePair<'m>> {
        self.edges.iter().flat_map(|(_, edges)| edges).filter_map(|edge| edge.target)
    }
}

/// Compares every operation of the two models, in order of names.
pub(super) fn compare<'m>(
    old: &Side<'m>,
    new: &Side<'m>,
    known: &KnownApis<'_>,
    uncounted: &mut Uncounted,
) -> Vec<OperationChanges<'m>> {
    let names: BTreeSet<_> = old.operations.keys().chain(new.operations.keys()).copied().collect();
    let nothing = OperationEffects::default();
    let mut found = Vec::new();
    for name in names {
        found.push(match (old.operations.get(name), new.operations.get(name)) {
            (Some(before), Some(after)) => {
                let rust = known.differences.operations.get(name).unwrap_or(&nothing);
                let sides = ((old, *before), (new, *after));
                Both { name, sides, rust, uncounted }.compare()
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

/// The path of the client's method.
fn call(api: Option<&crate::api::Api>, name: &str) -> Option<String> {
    let method = api?.operations.get(name)?.methods.get("call")?;
    Some(format!("Client::{}", method.name))
}

fn single<'m>(
    name: &str,
    status: Status,
    (side, operation): (&Side<'m>, &OperationShape),
    effect: Option<Effect>,
) -> OperationChanges<'m> {
    let mut node = Node::new(Location::Operation(name.to_owned()), status);
    let members = |id: &Option<ShapeId>| -> Vec<(String, bool)> {
        let shape = id.as_ref().and_then(|id| side.model.shape(id));
        let members = shape.map(|shape| shape.kind.members()).unwrap_or_default();
        let required = |traits: &crate::smithy::Traits| traits.has("smithy.api#required");
        members.into_iter().map(|(n, m)| (n.to_owned(), required(&m.traits))).collect()
    };
    let members = [members(&operation.input), members(&operation.output)];
    node.details = Some(Details { ty: String::new(), required: false, facts: Vec::new(), members });
    node.effects.extend(effect);
    OperationChanges { node, edges: Vec::new() }
}

/// An operation that exists in both models.
struct Both<'a, 'm> {
    name: &'a str,
    sides: (AtSide<'a, 'm>, AtSide<'a, 'm>),
    rust: &'a OperationEffects,
    uncounted: &'a mut Uncounted,
}

/// An operation in one of the models.
type AtSide<'a, 'm> = (&'a Side<'m>, (&'m Shape, &'m OperationShape));

impl<'m> Both<'_, 'm> {
    fn compare(mut self) -> OperationChanges<'m> {
        let ((old, (before, _)), (new, (after, _))) = self.sides;
        let mut node = Node::new(Location::Operation(self.name.to_owned()), Status::Changed);
        node.effects.extend(self.rust.call.iter().cloned());
        let (before, after) = ((old, &before.traits), (new, &after.traits));
        facts::add_traits(&mut node, before, after, self.uncounted);
        let mut edges = vec![self.structure(Location::Request), self.structure(Location::Response)];
        edges.extend(self.exceptions());
        edges.extend(self.paginator().map(|node| (node, Vec::new())));
        edges.extend(self.waiters().into_iter().map(|node| (node, Vec::new())));
        OperationChanges { node, edges }
    }

    fn structure(&mut self, location: Location) -> (Node, Vec<Edge<'m>>) {
        let ((old, (_, before)), (new, (_, after))) = self.sides;
        let (ids, rust) = match location {
            Location::Request => ((&before.input, &after.input), &self.rust.request),
            _ => ((&before.output, &after.output), &self.rust.response),
        };
        let pair = (old.or_unit(ids.0.as_ref()), new.or_unit(ids.1.as_ref()));
        let found = pairs::compare(old, new, pair, rust, self.uncounted);
        (Node { location, ..found.node }, found.edges)
    }

    fn exceptions(&self) -> Vec<(Node, Vec<Edge<'m>>)> {
        let ((old, (_, before)), (new, (_, after))) = self.sides;
        // The service may list the same exceptions as the operation.
        let listed = |side: &Side<'m>, operation: &'m OperationShape| -> Vec<&'m ShapeId> {
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
        target: Option<ShapePair<'m>>,
    ) -> (Node, Vec<Edge<'m>>) {
        let mut node = Node::new(Location::Exception(id.name().to_owned()), status);
        node.effects.extend(self.rust.error.members.get(id.name()).into_iter().flatten().cloned());
        // The shape of an exception is not a separate location.
        let through = Edge { node: Node::new(Location::Element, Status::Changed), target };
        (node, target.map(|_| through).into_iter().collect())
    }

    fn paginator(&self) -> Option<Node> {
        let ((old, (before, _)), (new, (after, _))) = self.sides;
        let (before, after) = (paginated(old, before), paginated(new, after));
        let mut node = Node::new(Location::Paginator, status(&before, &after)?);
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
            let mut node = Node::new(Location::Waiter(name.clone()), status(&before, &after)?);
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

/// The pagination of an operation, including the defaults of the service.
fn paginated(side: &Side<'_>, operation: &Shape) -> Option<Value> {
    let own = operation.traits.get("smithy.api#paginated")?.as_object();
    let shared = side.shape.traits.get("smithy.api#paginated").and_then(Value::as_object);
    let mut all = shared.cloned().unwrap_or_default();
    all.extend(own.cloned().unwrap_or_default());
    let tokens = operation.traits.get(PAGE_TOKENS).and_then(Value::as_object);
    all.extend(tokens.cloned().unwrap_or_default());
    Some(json!(all))
}

impl<'m> Side<'m> {
    /// The input or output. If there is none, the structure without members from the prelude.
    fn or_unit(&self, id: Option<&'m ShapeId>) -> &'m ShapeId {
        static UNIT: std::sync::LazyLock<ShapeId> =
            std::sync::LazyLock::new(|| ShapeId::prelude("Unit"));
        id.filter(|id| {
            self.model.shape(id).is_some_and(|shape| matches!(shape.kind, Kind::Structure(_)))
        })
        .unwrap_or(&UNIT)
    }
}
