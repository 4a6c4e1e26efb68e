//! Applies `apply` statements, which add traits to shapes and members that are defined elsewhere.
//!
//! A trait may be applied if it is absent or has the same value. In addition, documentation from a
//! file other than the shape's replaces the shape's own, which is the purpose of overlays. Any
//! other contradiction is a conflict, so that a new upstream model that changes a corrected fact is
//! noticed.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value;

use crate::{
    error::{Error, Problem, Problems},
    smithy::{Apply, Model, Shape, ShapeId, Traits},
};

const DOCUMENTATION: &str = "smithy.api#documentation";

/// Applies the statements, and returns those for members that only a mixin will add.
pub(super) fn apply(
    model: &mut Model,
    applies: Vec<Apply>,
    mixins: &IndexMap<ShapeId, Vec<ShapeId>>,
) -> Result<Vec<Apply>, Error> {
    let mut problems = Problems::new();
    let mut late = Vec::new();
    for apply in applies {
        if mixins.contains_key(&apply.shape) && !has_target(model, &apply) {
            late.push(apply);
        } else {
            problems.keep(apply_one(model, apply, false));
        }
    }
    problems.finish(late)
}

/// Applies statements to members from mixins, whose traits they may replace.
pub(super) fn apply_late(
    model: &mut Model,
    applies: impl IntoIterator<Item = Apply>,
    problems: &mut Problems,
) {
    for apply in applies {
        problems.keep(apply_one(model, apply, true));
    }
}

fn has_target(model: &mut Model, apply: &Apply) -> bool {
    let shape = model.shapes.get_mut(&apply.shape);
    shape.is_some_and(|shape| traits_of(shape, apply.member.as_deref()).is_some())
}

fn apply_one(model: &mut Model, apply: Apply, replace: bool) -> Result<(), Problem> {
    let at = |problem: Problem| {
        let problem = problem.at(&apply.position);
        match &apply.member {
            Some(member) => problem.of_member(&apply.shape, member),
            None => problem.of(&apply.shape),
        }
    };
    let Some(shape) = model.shapes.get_mut(&apply.shape) else {
        let what = "`apply` names a shape that does not exist. Correct or remove it.";
        return Err(at(Problem::new(what)));
    };
    let elsewhere = shape.position.file != apply.position.file;
    let Some(traits) = traits_of(shape, apply.member.as_deref()) else {
        let what = "`apply` names a member that does not exist. Correct or remove it.";
        return Err(at(Problem::new(what)));
    };
    for (id, value) in &apply.traits.0 {
        let may_replace = replace || (elsewhere && id == DOCUMENTATION);
        match (traits.0.get_mut(id), value) {
            // Lists may be stated in parts (Smithy specification, "Trait conflict resolution").
            (Some(Value::Array(present)), Value::Array(more)) if !may_replace => {
                let known: HashSet<String> = present.iter().map(Value::to_string).collect();
                let new = more.iter().filter(|value| !known.contains(&value.to_string()));
                present.extend(new.cloned());
            }
            (Some(present), _) if present != value && !may_replace => {
                let what = format!(
                    "`apply` sets `{id}` to {value}, but it is already {present}. Remove one of \
                        the two."
                );
                return Err(at(Problem::new(what)));
            }
            _ => {
                traits.0.insert(id.clone(), value.clone());
            }
        }
    }
    Ok(())
}

fn traits_of<'s>(shape: &'s mut Shape, member: Option<&str>) -> Option<&'s mut Traits> {
    match member {
        None => Some(&mut shape.traits),
        Some(name) => shape.kind.member_mut(name).map(|member| &mut member.traits),
    }
}
