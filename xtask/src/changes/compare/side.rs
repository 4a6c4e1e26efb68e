//! The two models that are compared, and what the comparison hands around.

use std::collections::BTreeMap;

use longshore_codegen::{
    api::Api,
    error::{Error, Problem},
    smithy::{Kind, Model, Operation, Service, Shape, ShapeId},
};

use crate::changes::{
    rust::Differences,
    tree::{Node, Step},
};

/// One of the two models.
pub(super) struct Side<'m> {
    pub(super) model: &'m Model,
    pub(super) id: &'m ShapeId,
    pub(super) shape: &'m Shape,
    pub(super) facts: &'m Service,
    /// The operations by name.
    pub(super) operations: BTreeMap<&'m str, (&'m Shape, &'m Operation)>,
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
        Ok(Self { model, id, shape, facts, operations })
    }

    /// The name a shape has in this service.
    pub(super) fn name(&self, id: &'m ShapeId) -> &'m str {
        self.facts.rename.get(id).map_or(id.name(), String::as_str)
    }
}

/// What is known of the Rust API.
pub(super) struct Known<'a> {
    pub(super) apis: Option<&'a (Api, Api)>,
    pub(super) differences: &'a Differences,
}

/// A place where something can change, with what stands there before and after.
pub(super) type Pair<'m> = (&'m ShapeId, &'m ShapeId);

/// A step with what changed at it, and what it leads to.
pub(super) struct Part<'m> {
    pub(super) node: Node,
    pub(super) target: Option<Pair<'m>>,
}

impl Part<'_> {
    pub(super) fn is_step(&self, step: &Step) -> bool {
        self.node.step == *step
    }
}
