//! Selects the service of a model and its operations.

use std::collections::BTreeSet;

use super::{
    options::Options,
    problem::problem,
    protocol::{Rules, rules},
};
use crate::{
    error::{Error, Problem},
    smithy::{Kind, Model, OperationShape, Protocol, ServiceShape, Shape, ShapeId},
};

/// The services of the model.
fn services(model: &Model) -> impl Iterator<Item = (&ShapeId, &Shape, &ServiceShape)> {
    model.shapes.iter().filter_map(|(id, shape)| match &shape.kind {
        Kind::Service(facts) => Some((id, shape, facts)),
        _ => None,
    })
}

/// Returns the services of the model, each with the names of its operations.
pub(crate) fn bound(model: &Model) -> Vec<(&ShapeId, BTreeSet<&str>)> {
    let names = |facts| model.operations_of(facts).into_values().map(|(id, _)| id.name()).collect();
    services(model).map(|(id, _, facts)| (id, names(facts))).collect()
}

/// Returns the only service of the model, or the requested one.
pub(super) fn find<'m>(
    model: &'m Model,
    wanted: Option<&ShapeId>,
) -> Result<(&'m ShapeId, &'m Shape, &'m ServiceShape), Error> {
    let mut services = services(model).filter(|(id, ..)| wanted.is_none_or(|wanted| wanted == *id));
    let first = services.next().ok_or_else(|| {
        let what = "the model has no service shape, so there is no client to generate; also pass \
            the file that contains the service.";
        Problem::new(what)
    })?;
    match services.next() {
        None => Ok(first),
        Some((second, shape, _)) => {
            let what = format!(
                "the model has a second service besides {}; generate them from separate folders",
                first.0
            );
            Err(problem(shape, second.as_str(), what).into())
        }
    }
}

/// Returns the rules of the protocol of the service.
pub(super) fn protocol(id: &ShapeId, shape: &Shape) -> Result<&'static Rules, Error> {
    if let Some(rules) = Protocol::of(&shape.traits).and_then(rules) {
        return Ok(rules);
    }
    let others = shape.traits.0.keys().filter(|name| name.contains(".protocols#"));
    let others: Vec<_> = others.map(String::as_str).collect();
    let supported = Protocol::generated_names();
    let what = if others.is_empty() {
        format!("the service has no protocol trait; only {supported} are supported")
    } else {
        let others = others.join(", ");
        format!("the service uses {others}; only {supported} are supported")
    };
    Err(problem(shape, id.as_str(), what).into())
}

/// Returns the requested operations of the service and its resources, in the model's order.
pub(super) fn operations<'m>(
    model: &'m Model,
    service: &ShapeId,
    shape: &Shape,
    facts: &'m ServiceShape,
    options: &Options,
) -> Result<Vec<(&'m ShapeId, &'m OperationShape)>, Error> {
    let mut all: Vec<_> = model.operations_of(facts).into_values().collect();
    all.sort_by_key(|(id, _)| model.shapes.get_index_of(*id));
    if all.is_empty() {
        let what = "the service has no operations, so there is nothing to generate; also pass the \
            file that binds them";
        return Err(problem(shape, service.as_str(), what).into());
    }
    let Some(wanted) = &options.operations else { return Ok(all) };
    let exists = |name: &String| all.iter().any(|(id, _)| id.name() == name);
    let unknown = wanted.iter().filter(|name| !options.several && !exists(name));
    let problems: Vec<_> = unknown
        .map(|name| {
            let what = format!("unknown operation {name}{}", nearest(name, &all));
            problem(shape, service.as_str(), what)
        })
        .collect();
    if !problems.is_empty() {
        return Err(Error::from(problems));
    }
    all.retain(|(id, _)| wanted.iter().any(|name| name == id.name()));
    if all.is_empty() {
        let what = "none of the requested operations belongs to this service; remove its model";
        return Err(problem(shape, service.as_str(), what).into());
    }
    Ok(all)
}

/// A hint for a mistyped operation: one that differs only in case.
fn nearest(name: &str, all: &[(&ShapeId, &OperationShape)]) -> String {
    let same = all.iter().find(|(id, _)| id.name().eq_ignore_ascii_case(name));
    same.map_or_else(String::new, |(id, _)| format!("; did you mean {}?", id.name()))
}
