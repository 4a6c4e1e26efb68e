//! Defines the two models of a comparison, and pairs of their shapes.

use std::collections::BTreeMap;

use crate::{
    api::{self, Api},
    changes::{
        rust::Differences,
        tree::{Location, Node},
    },
    error::{Error, Problem},
    smithy::{Kind, Model, OperationShape, Protocol, ServiceShape, Shape, ShapeId},
};

/// One of the two models.
pub(super) struct Side<'m> {
    pub(super) model: &'m Model,
    pub(super) id: &'m ShapeId,
    pub(super) shape: &'m Shape,
    pub(super) facts: &'m ServiceShape,
    /// The operations by name.
    pub(super) operations: BTreeMap<&'m str, (&'m Shape, &'m OperationShape)>,
    /// The protocol that a client uses.
    protocol: Option<Protocol>,
}

impl<'m> Side<'m> {
    pub(super) fn of(model: &'m Model) -> Result<Self, Error> {
        let services = model.shapes.iter().filter_map(|(id, shape)| match &shape.kind {
            Kind::Service(facts) => Some((id, shape, facts)),
            _ => None,
        });
        let services: Vec<_> = services.collect();
        let [(id, shape, facts)] = services[..] else {
            let what = format!(
                "the model has {} services, and one is compared with one; name a model of one \
                 service.",
                services.len()
            );
            return Err(Problem::new(what).into());
        };
        let operations = model.operations_of(facts).into_values();
        let operations = operations
            .filter_map(|(id, operation)| Some((id.name(), (model.shape(id)?, operation))));
        let operations = operations.collect();
        Ok(Self { model, id, shape, facts, operations, protocol: Protocol::of(&shape.traits) })
    }

    /// Returns true if a trait has no effect on a client of this service.
    pub(super) fn ignores(&self, id: &str) -> bool {
        api::is_irrelevant(id, self.protocol)
    }

    /// The name of a shape in this service.
    pub(super) fn name(&self, id: &'m ShapeId) -> &'m str {
        self.facts.rename.get(id).map_or(id.name(), String::as_str)
    }
}

/// The Rust APIs of the two models, if both can be generated.
pub(super) struct KnownApis<'a> {
    pub(super) apis: Option<&'a (Api, Api)>,
    pub(super) differences: &'a Differences,
}

/// The shapes at one location of the old and the new model.
pub(super) type ShapePair<'m> = (&'m ShapeId, &'m ShapeId);

/// A member with its changes, and the type that it refers to.
pub(super) struct Edge<'m> {
    pub(super) node: Node,
    pub(super) target: Option<ShapePair<'m>>,
}

impl Edge<'_> {
    pub(super) fn is_at(&self, location: &Location) -> bool {
        self.node.location == *location
    }
}
