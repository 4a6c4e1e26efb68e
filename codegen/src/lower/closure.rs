//! Determines which shapes a client needs, and whether they are sent or received.
//!
//! Only shapes that the selected operations use are generated. The Rust type of a structure depends
//! on whether it is only sent, only received, or both, so each shape records how it is used.

use std::collections::BTreeMap;

use crate::{
    ir::Direction,
    smithy::{Kind, Model, OperationShape, Shape, ShapeId},
};

/// How a shape is used.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reach {
    /// In requests.
    pub(super) sent: bool,
    /// In responses.
    pub(super) received: bool,
    /// As a member, and not only as the input or output of an operation.
    pub(super) nested: bool,
    /// The number of operations that have it as their input or output.
    pub(super) uses: usize,
}

impl Reach {
    /// Returns the direction that determines the Rust type.
    pub(super) fn direction(self) -> Direction {
        match (self.sent, self.received) {
            (true, true) => Direction::Both,
            (true, false) => Direction::Sent,
            (false, _) => Direction::Received,
        }
    }
}

/// The shapes a client needs.
#[derive(Debug, Default)]
pub(super) struct Closure {
    shapes: BTreeMap<ShapeId, Reach>,
}

impl Closure {
    /// Walks from the inputs, outputs and errors of `operations`.
    pub(super) fn of<'m>(
        model: &Model,
        operations: impl IntoIterator<Item = &'m OperationShape>,
        service_errors: &[ShapeId],
    ) -> Self {
        let mut closure = Self::default();
        for operation in operations {
            for (root, direction) in
                [(&operation.input, Direction::Sent), (&operation.output, Direction::Received)]
            {
                if let Some(root) = root {
                    closure.visit(model, root, direction);
                    closure.shapes.entry(root.clone()).or_default().uses += 1;
                }
            }
            for error in operation.errors.iter().chain(service_errors) {
                closure.visit(model, error, Direction::Received);
            }
        }
        closure
    }

    /// Returns how a shape is used.
    pub(super) fn reach(&self, id: &ShapeId) -> Reach {
        self.shapes.get(id).copied().unwrap_or_default()
    }

    /// Returns true if a shape is needed.
    pub(super) fn has(&self, id: &ShapeId) -> bool {
        self.shapes.contains_key(id)
    }

    /// Returns true if an input or output belongs to one operation only, so that it can keep its
    /// name.
    pub(super) fn is_dedicated(&self, id: &ShapeId) -> bool {
        let reach = self.reach(id);
        reach.uses == 1 && !reach.nested
    }

    /// Every shape, by id.
    pub(super) fn shapes(&self) -> impl Iterator<Item = (&ShapeId, Reach)> {
        self.shapes.iter().map(|(id, reach)| (id, *reach))
    }

    fn visit(&mut self, model: &Model, root: &ShapeId, direction: Direction) {
        let mut pending = vec![root.clone()];
        while let Some(id) = pending.pop() {
            let reach = self.shapes.entry(id.clone()).or_default();
            let seen = match direction {
                Direction::Sent => &mut reach.sent,
                _ => &mut reach.received,
            };
            if std::mem::replace(seen, true) {
                continue;
            }
            for target in model.shape(&id).into_iter().flat_map(targets) {
                self.shapes.entry(target.clone()).or_default().nested = true;
                pending.push(target.clone());
            }
        }
    }
}

/// Returns the shapes that the members of a shape target.
fn targets(shape: &Shape) -> Vec<&ShapeId> {
    match &shape.kind {
        // The members of an enum are values, not shapes.
        Kind::Enum(_) | Kind::IntEnum(_) => Vec::new(),
        kind => kind.members().into_iter().map(|(_, member)| &member.target).collect(),
    }
}
