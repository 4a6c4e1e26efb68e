//! Merges files by Smithy's rules: duplicate definitions must be equal.

use std::collections::HashSet;

use indexmap::{IndexMap, map::Entry};
use serde_json::Value;

use crate::{
    error::{Error, Problem, Problems},
    smithy::{Apply, Fragment, Kind, Model, Position, Shape, ShapeId, SmithyVersion, Traits},
};

/// The work that remains after all shapes have been merged.
#[derive(Default)]
pub(super) struct Leftovers {
    /// The mixins of each shape that has some.
    pub(super) mixins: IndexMap<ShapeId, Vec<ShapeId>>,
    /// The `apply` statements of all files.
    pub(super) applies: Vec<Apply>,
    /// The shapes that files of Smithy 1.0 define.
    pub(super) old: HashSet<ShapeId>,
}

/// Merges all fragments.
pub(super) fn merge(fragments: Vec<Fragment>) -> Result<(Model, Leftovers), Error> {
    let mut problems = Problems::new();
    let mut model = Model::default();
    let mut leftovers = Leftovers::default();
    for fragment in fragments {
        for (key, value, position) in fragment.metadata {
            problems.keep(merge_metadata(&mut model, key, value, &position));
        }
        for (id, shape) in fragment.shapes {
            if fragment.version == SmithyVersion::One {
                leftovers.old.insert(id.clone());
            }
            problems.keep(merge_shape(&mut model, id, shape, &mut leftovers.applies));
        }
        leftovers.mixins.extend(fragment.mixins);
        leftovers.applies.extend(fragment.applies);
        model.notes.extend(fragment.notes);
    }
    problems.finish((model, leftovers))
}

/// Adds a shape. A duplicate with the same members is allowed; its traits become `apply`
/// statements.
fn merge_shape(
    model: &mut Model,
    id: ShapeId,
    shape: Shape,
    applies: &mut Vec<Apply>,
) -> Result<(), Problem> {
    match model.shapes.entry(id) {
        Entry::Vacant(entry) => {
            entry.insert(shape);
            Ok(())
        }
        Entry::Occupied(entry) => {
            let first = entry.get();
            if bare(&first.kind) == bare(&shape.kind) {
                applies.extend(traits_of(entry.key(), shape));
                return Ok(());
            }
            let what = format!(
                "this shape is already defined differently at {}. Keep one of the two; to add \
                    traits, use `apply`.",
                first.position
            );
            Err(Problem::new(what).at(&shape.position).of(entry.key()))
        }
    }
}

/// A shape without the traits of its members.
fn bare(kind: &Kind) -> Kind {
    let mut kind = kind.clone();
    for (_, member) in kind.members_mut() {
        member.traits = Traits::default();
    }
    kind
}

/// The traits of a shape and its members, as `apply` statements.
fn traits_of(id: &ShapeId, shape: Shape) -> Vec<Apply> {
    let Shape { kind, traits, position } = shape;
    let of = |member: Option<&str>, traits| Apply {
        shape: id.clone(),
        member: member.map(str::to_owned),
        traits,
        position: position.clone(),
    };
    let members = kind.members().into_iter();
    let members = members.map(|(name, member)| of(Some(name), member.traits.clone()));
    members.chain([of(None, traits)]).collect()
}

/// Equal values are merged, lists are concatenated, and anything else is a conflict.
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
            let what = format!(
                "the metadata `{key}` has a different value in another file. Keep \
                one."
            );
            return Err(Problem::new(what).at(position));
        }
        (None, value) => {
            model.metadata.insert(key, value);
        }
    }
    Ok(())
}
