//! Mixins: what a shape takes over from others, written out, so that nothing above meets them.
//!
//! As Smithy has it, a mixin's members come before the shape's own, its traits are taken over
//! unless the mixin calls them local, and what the shape says itself wins.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value;

use crate::{
    error::{Error, Problem, Problems},
    smithy::{Kind, Members, Model, Shape, ShapeId, Traits},
};

const MIXIN: &str = "smithy.api#mixin";

/// Writes out the mixins of every shape and removes the shapes that are mixins.
pub(super) fn flatten(
    model: &mut Model,
    mixins: IndexMap<ShapeId, Vec<ShapeId>>,
) -> Result<(), Error> {
    let mut problems = Problems::new();
    let mut waiting = mixins;
    while !waiting.is_empty() {
        // A shape is ready when none of its mixins waits for mixins of its own.
        let ready: Vec<_> = waiting
            .iter()
            .filter(|(_, of)| of.iter().all(|mixin| !waiting.contains_key(mixin)))
            .map(|(id, _)| id.clone())
            .collect();
        if ready.is_empty() {
            problems.push(circle(model, &waiting));
            break;
        }
        for id in ready {
            let of = waiting.shift_remove(&id).unwrap_or_default();
            problems.keep(flatten_shape(model, &id, &of));
        }
    }
    model.shapes.retain(|_, shape| !shape.traits.has(MIXIN));
    problems.finish(())
}

fn circle(model: &Model, waiting: &IndexMap<ShapeId, Vec<ShapeId>>) -> Problem {
    let what = "its mixins lead back to themselves. Break the circle.";
    match waiting.keys().next().and_then(|id| Some((id, model.shapes.get(id)?))) {
        Some((id, shape)) => Problem::new(what).at(&shape.position).of(id),
        None => Problem::new(what),
    }
}

fn flatten_shape(model: &mut Model, id: &ShapeId, mixins: &[ShapeId]) -> Result<(), Problem> {
    let Some(mut shape) = model.shapes.get(id).cloned() else {
        return Ok(());
    };
    let position = shape.position.clone();
    let problem = |what: String| Problem::new(what).at(&position).of(id);
    let mut inherited = Inherited::default();
    for mixin in mixins {
        let found = model.shapes.get(mixin).filter(|shape| shape.traits.has(MIXIN));
        let found = found.ok_or_else(|| {
            problem(format!("`{mixin}` is named as a mixin, but there is no such mixin. Add it."))
        })?;
        inherited.take(found).map_err(problem)?;
    }
    inherited.give(&mut shape).map_err(problem)?;
    model.shapes.insert(id.clone(), shape);
    Ok(())
}

/// What a shape takes over from all its mixins.
#[derive(Default)]
struct Inherited {
    members: Members,
    traits: Traits,
    errors: Vec<ShapeId>,
}

impl Inherited {
    fn take(&mut self, mixin: &Shape) -> Result<(), String> {
        let local = local_traits(mixin);
        for (id, value) in &mixin.traits.0 {
            if id != MIXIN && !local.contains(&id.as_str()) {
                self.traits.0.insert(id.clone(), value.clone());
            }
        }
        match &mixin.kind {
            Kind::Structure(members)
            | Kind::Union(members)
            | Kind::Enum(members)
            | Kind::IntEnum(members) => self.members.extend(members.clone()),
            Kind::Operation(operation) => self.errors.extend(operation.errors.clone()),
            Kind::Simple(_) => {}
            _ => {
                let what = "mixins of lists, maps, services and resources are not supported. \
                    Write their content out.";
                return Err(what.to_owned());
            }
        }
        Ok(())
    }

    fn give(self, shape: &mut Shape) -> Result<(), String> {
        for (id, value) in self.traits.0 {
            shape.traits.0.entry(id).or_insert(value);
        }
        match &mut shape.kind {
            Kind::Structure(members)
            | Kind::Union(members)
            | Kind::Enum(members)
            | Kind::IntEnum(members) => {
                let own = std::mem::replace(members, self.members);
                add_own(members, own)?;
            }
            Kind::Operation(operation) => {
                let own = std::mem::replace(&mut operation.errors, self.errors);
                operation.errors.extend(own);
                let mut seen = HashSet::new();
                operation.errors.retain(|error| seen.insert(error.clone()));
            }
            _ => {}
        }
        Ok(())
    }
}

/// Adds a shape's own members behind the inherited ones; one that is there already adds traits.
fn add_own(members: &mut Members, own: Members) -> Result<(), String> {
    for (name, member) in own {
        match members.get_mut(&name) {
            None => {
                members.insert(name, member);
            }
            Some(present) if present.target == member.target => {
                present.traits.0.extend(member.traits.0);
            }
            Some(present) => {
                return Err(format!(
                    "the member `{name}` comes from a mixin with the target `{}`, and cannot \
                     have `{}` here. Rename one of them.",
                    present.target, member.target
                ));
            }
        }
    }
    Ok(())
}

fn local_traits(mixin: &Shape) -> Vec<&str> {
    let local = mixin.traits.get(MIXIN).and_then(|mixin| mixin.get("localTraits"));
    local.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}
