//! Several files to one set of shapes, by Smithy's rules: what is said twice must be the same.

use indexmap::{IndexMap, map::Entry};
use serde_json::Value;

use super::{Apply, Part};
use crate::{
    error::{Error, Problem, Problems},
    smithy::{Model, Position, Shape, ShapeId},
};

/// What is still to be carried out once all shapes are together.
#[derive(Default)]
pub(super) struct Leftovers {
    /// The mixins of each shape that has some.
    pub(super) mixins: IndexMap<ShapeId, Vec<ShapeId>>,
    /// The `apply` statements of all files.
    pub(super) applies: Vec<Apply>,
}

/// Puts all parts together.
pub(super) fn merge(parts: Vec<Part>) -> Result<(Model, Leftovers), Error> {
    let mut problems = Problems::new();
    let mut model = Model::default();
    let mut leftovers = Leftovers::default();
    for part in parts {
        for (key, value, position) in part.metadata {
            problems.keep(merge_metadata(&mut model, key, value, &position));
        }
        for (id, shape) in part.shapes {
            problems.keep(merge_shape(&mut model, id, shape));
        }
        leftovers.mixins.extend(part.mixins);
        leftovers.applies.extend(part.applies);
    }
    problems.finish((model, leftovers))
}

fn merge_shape(model: &mut Model, id: ShapeId, shape: Shape) -> Result<(), Problem> {
    match model.shapes.entry(id) {
        Entry::Vacant(entry) => {
            entry.insert(shape);
            Ok(())
        }
        Entry::Occupied(entry) => {
            let first = entry.get();
            if first.kind == shape.kind && first.traits == shape.traits {
                return Ok(());
            }
            let what = format!(
                "this shape is already defined at {}, and not the same way. Keep one of the two; \
                 to add traits, use `apply`.",
                first.position
            );
            Err(Problem::new(what).at(&shape.position).of(entry.key()))
        }
    }
}

/// Equal values are one, lists are joined, all else is a conflict.
fn merge_metadata(
    model: &mut Model,
    key: String,
    value: Value,
    position: &Position,
) -> Result<(), Problem> {
    match (model.metadata.get_mut(&key), value) {
        (Some(Value::Array(first)), Value::Array(second)) => first.extend(second),
        (Some(first), second) if *first == second => {}
        (Some(_), _) => {
            let what = format!("the metadata `{key}` has another value in another file. Keep one.");
            return Err(Problem::new(what).at(position));
        }
        (None, value) => {
            model.metadata.insert(key, value);
        }
    }
    Ok(())
}
