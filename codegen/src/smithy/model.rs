//! Defines a whole model.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::{Kind, Note, OperationShape, ServiceShape, Shape, ShapeId, prelude};

/// A whole model: every shape by id, in the files' order.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Model {
    /// Top-level metadata; `longshore` is the provenance record of this project.
    pub metadata: BTreeMap<String, Value>,
    /// The shapes.
    pub shapes: IndexMap<ShapeId, Shape>,
    /// What the reader omitted.
    pub notes: Vec<Note>,
}

impl Model {
    /// Returns the shape with this id, from the model or from the prelude (`smithy.api#String`).
    #[must_use]
    pub fn shape(&self, id: &ShapeId) -> Option<&Shape> {
        self.shapes.get(id).or_else(|| prelude::shape(id))
    }

    /// Returns the operations of a service and of its resources at any depth, by id.
    #[must_use]
    pub fn operations_of<'m>(
        &'m self,
        service: &'m ServiceShape,
    ) -> BTreeMap<&'m str, (&'m ShapeId, &'m OperationShape)> {
        let mut operations: Vec<&ShapeId> = service.operations.iter().collect();
        let mut pending: Vec<&ShapeId> = service.resources.iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = pending.pop() {
            if let Some(Shape { kind: Kind::Resource(resource), .. }) = self.shape(id)
                && seen.insert(id)
            {
                operations.extend(&resource.operations);
                pending.extend(&resource.resources);
            }
        }
        let found = operations.into_iter().filter_map(|id| match self.shape(id) {
            Some(Shape { kind: Kind::Operation(operation), .. }) => {
                Some((id.as_str(), (id, operation)))
            }
            _ => None,
        });
        found.collect()
    }
}
