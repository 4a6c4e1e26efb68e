//! Counts which parts of a client have documentation in the model.

use super::closure::Closure;
use crate::{
    coverage::{Coverage, Part},
    smithy::{Kind, Model, OperationShape, Shape, ShapeId, Traits},
};

/// Counts the service, its operations, and every shape they use.
pub(super) fn count(
    model: &Model,
    service: (&ShapeId, &Shape),
    operations: &[(&ShapeId, &OperationShape)],
    closure: &Closure,
) -> Coverage {
    let mut coverage = Coverage::default();
    let mut add = |part, id: &ShapeId, shape: &Shape| {
        coverage.add(part, is_documented(&shape.traits), || id.name().to_owned());
        let part = match &shape.kind {
            Kind::Enum(_) | Kind::IntEnum(_) => Part::Value,
            Kind::Structure(_) | Kind::Union(_) => Part::Member,
            _ => return,
        };
        for (name, member) in shape.kind.members() {
            let name = || format!("{}${name}", id.name());
            coverage.add(part, is_documented(&member.traits), name);
        }
    };
    add(Part::Service, service.0, service.1);
    for (id, _) in operations {
        if let Some(shape) = model.shape(id) {
            add(Part::Operation, id, shape);
        }
    }
    // Sorted in the order of the model, because people read it in that order.
    for (id, shape) in model.shapes.iter().filter(|(id, _)| closure.has(id)) {
        let part = match &shape.kind {
            Kind::Structure(_) if shape.traits.has("smithy.api#error") => Part::Exception,
            Kind::Structure(_) => Part::Structure,
            Kind::Union(_) => Part::Union,
            Kind::Enum(_) | Kind::IntEnum(_) => Part::Enum,
            _ => continue,
        };
        add(part, id, shape);
    }
    coverage
}

fn is_documented(traits: &Traits) -> bool {
    traits.text("smithy.api#documentation").is_some_and(|text| !text.trim().is_empty())
}
