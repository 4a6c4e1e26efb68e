//! Flattens mixins, so that later steps do not have to handle them.
//!
//! By the specification ("Mixins"), the members of a mixin come before the shape's own, its traits
//! are inherited unless they are local, and the shape itself takes precedence.

mod content;
mod order;
mod weight;

use std::{collections::HashMap, mem::discriminant};

use indexmap::IndexMap;
use serde_json::Value;

use self::weight::weight;
use super::apply::apply_late;
use crate::{
    error::{Error, Problem, Problems},
    smithy::{Apply, Kind, Model, Shape, ShapeId, Traits},
};

const MIXIN: &str = "smithy.api#mixin";

/// The maximum size, in bytes, of everything that shapes inherit. Mixins of mixins can make a model
/// far larger than its text.
const MAX_INHERITED: usize = 64 << 20;

/// Flattens the mixins of every shape, and removes the shapes that are mixins.
///
/// `late` are the `apply` statements on members from mixins. Each is applied as soon as its member
/// exists, because the shape may be a mixin of others, which inherit the trait.
pub(super) fn flatten(
    model: &mut Model,
    mixins: IndexMap<ShapeId, Vec<ShapeId>>,
    late: Vec<Apply>,
) -> Result<(), Error> {
    let mut problems = Problems::new();
    let mut applies: HashMap<ShapeId, Vec<Apply>> = HashMap::new();
    for apply in late {
        applies.entry(apply.shape.clone()).or_default().push(apply);
    }
    let mut order = order::Order::of(mixins);
    let mut budget = MAX_INHERITED;
    while let Some((id, of)) = order.next() {
        if let Err(problem) = flatten_shape(model, &id, &of, &mut budget) {
            problems.push(problem);
        }
        apply_late(model, applies.remove(&id).into_iter().flatten(), &mut problems);
    }
    if let Some(id) = order.cyclic() {
        problems.push(cycle_problem(model, &id));
    }
    model.shapes.retain(|_, shape| !shape.traits.has(MIXIN));
    problems.finish(())
}

fn cycle_problem(model: &Model, id: &ShapeId) -> Problem {
    let what = "its mixins form a cycle. Break the cycle.";
    match model.shapes.get(id) {
        Some(shape) => Problem::new(what).at(&shape.position).of(id),
        None => Problem::new(what),
    }
}

fn flatten_shape(
    model: &mut Model,
    id: &ShapeId,
    mixins: &[ShapeId],
    budget: &mut usize,
) -> Result<(), Problem> {
    let Some(mut shape) = model.shapes.get(id).cloned() else {
        return Ok(());
    };
    let position = shape.position.clone();
    let problem = |what: String| Problem::new(what).at(&position).of(id);
    let mut inherited = Traits::default();
    let mut content: Option<Kind> = None;
    for mixin in mixins {
        let found = model.shapes.get(mixin).filter(|shape| shape.traits.has(MIXIN));
        let found =
            found.ok_or_else(|| problem(format!("the mixin `{mixin}` does not exist. Add it.")))?;
        if !is_of_type(&found.kind, &shape.kind) {
            let what = "is a mixin for another shape type. Use a mixin of the same type as the \
                shape.";
            return Err(problem(format!("`{mixin}` {what}")));
        }
        *budget = budget.checked_sub(weight(found)).ok_or_else(|| {
            problem(format!(
                "its mixins and those of other shapes add more than {} MiB to the model. Use fewer \
                    or smaller mixins.",
                MAX_INHERITED >> 20
            ))
        })?;
        inherit(&mut inherited, found);
        match &mut content {
            None => content = Some(found.kind.clone()),
            Some(content) => content::add(content, found.kind.clone()).map_err(problem)?,
        }
    }
    for (id, value) in inherited.0 {
        shape.traits.0.entry(id).or_insert(value);
    }
    if let Some(mut content) = content {
        content::add(&mut content, shape.kind).map_err(problem)?;
        shape.kind = content;
    }
    model.shapes.insert(id.clone(), shape);
    Ok(())
}

fn is_of_type(mixin: &Kind, kind: &Kind) -> bool {
    match (mixin, kind) {
        (Kind::Simple(mixin), Kind::Simple(kind)) => mixin == kind,
        _ => discriminant(mixin) == discriminant(kind),
    }
}

/// Collects the traits of a mixin that are inherited; those of later mixins take precedence.
fn inherit(traits: &mut Traits, mixin: &Shape) {
    let local = local_traits(mixin);
    let own = mixin.traits.0.iter();
    let shared = own.filter(|(id, _)| *id != MIXIN && !local.contains(&id.as_str()));
    traits.0.extend(shared.map(|(id, value)| (id.clone(), value.clone())));
}

fn local_traits(mixin: &Shape) -> Vec<&str> {
    let local = mixin.traits.get(MIXIN).and_then(|mixin| mixin.get("localTraits"));
    local.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}
