//! Binds parameters that are not client settings to operations or to members of their requests.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{parameters::Declared, paths, value};
use crate::{
    ir::{
        self,
        endpoint::{Binding, Bound, Holds, ParameterType},
    },
    lower::{context::Context, jmespath::Structs, operation::Interface},
    smithy::{Kind as ShapeKind, Member, Shape, ShapeId},
};

const STATIC: &str = "smithy.rules#staticContextParams";
const MEMBER: &str = "smithy.rules#contextParam";
const PATHS: &str = "smithy.rules#operationContextParams";
const CLIENT: &str = "smithy.rules#clientContextParams";

/// The parameters that operations and requests set.
#[derive(Default)]
pub(super) struct Bindings {
    /// The values that operations have for the rules, by operation name.
    pub(super) by_operation: BTreeMap<String, Vec<Binding>>,
    /// Every parameter that any operation or request sets.
    pub(super) bound: BTreeSet<String>,
}

/// Binds the values that operations have for the rules, and checks that every required parameter
/// has one. `structs` is `None` if the types are incomplete; paths are then not checked.
pub(super) fn bind(
    context: &mut Context<'_>,
    (id, shape): (&ShapeId, &Shape),
    operations: &[Interface<'_>],
    declared: &BTreeMap<String, Declared>,
    structs: Option<&Structs<'_>>,
) -> Bindings {
    let mut all = Bindings::default();
    for operation in operations {
        let bindings = bind_operation(context, operation, declared, structs);
        all.bound.extend(bindings.iter().map(|binding| binding.parameter.clone()));
        all.by_operation.insert(operation.name.clone(), bindings);
    }
    for (name, _) in entries(shape.traits.get(CLIENT)) {
        let Some(parameter) = declared.get(name).filter(|_| !all.bound.contains(name)) else {
            continue;
        };
        let problem = format!("is set by {CLIENT}, which is not supported");
        unbound(context, (id, shape), (name, parameter), &problem);
    }
    all
}

fn bind_operation(
    context: &mut Context<'_>,
    operation: &Interface<'_>,
    declared: &BTreeMap<String, Declared>,
    structs: Option<&Structs<'_>>,
) -> Vec<Binding> {
    let Interface { id, shape, .. } = *operation;
    let mut bindings = fixed(context, id, shape, declared);
    bindings.extend(from_members(context, operation, declared));
    if let Some(structs) = structs {
        let from_paths = from_paths(context, operation, (declared, &bindings), structs);
        bindings.extend(from_paths);
    }
    let is_bound = |name: &String| bindings.iter().any(|binding| binding.parameter == *name);
    // A path that cannot be used has already been reported.
    let has_path =
        |name: &String| shape.traits.get(PATHS).is_some_and(|all| all.get(name).is_some());
    for (name, parameter) in declared {
        let unknown = parameter.built_in.is_none() && !parameter.unknown_source;
        let unset = unknown && !is_bound(name) && !has_path(name);
        if unset && parameter.required && parameter.default.is_none() {
            let what = format!(
                "the endpoint rules require the parameter {name}, which this operation does \
                 not set"
            );
            context.refuse(shape, id, what);
        }
    }
    bindings
}

/// Reports a parameter whose source cannot be used: a warning if it may be unset, otherwise a
/// problem.
fn unbound(
    context: &mut Context<'_>,
    (id, shape): (&ShapeId, &Shape),
    (name, parameter): (&str, &Declared),
    problem: &str,
) {
    let what = format!("the endpoint parameter {name} {problem}");
    if parameter.required && parameter.default.is_none() {
        context.refuse(shape, id, what);
    } else {
        context.warn(shape, id, format!("{what}; it remains unset"));
    }
}

/// The entries of a trait whose value is an object keyed by parameter name.
fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// Values that are the same for all requests of an operation.
fn fixed(
    context: &mut Context<'_>,
    id: &ShapeId,
    shape: &Shape,
    declared: &BTreeMap<String, Declared>,
) -> Vec<Binding> {
    let mut bindings = Vec::new();
    for (name, facts) in entries(shape.traits.get(STATIC)) {
        let Some(parameter) = declared.get(name) else { continue };
        let location = super::json::JsonPath::root().key(name);
        let json = facts.get("value").unwrap_or(&Value::Null);
        match value::read(parameter.kind, json, &location.key("value")) {
            Ok(value) => {
                bindings.push(Binding { parameter: name.clone(), value: Bound::Fixed(value) });
            }
            Err(fault) => context.refuse(shape, id, fault.text(STATIC)),
        }
    }
    bindings
}

/// Values from members of the request.
fn from_members(
    context: &mut Context<'_>,
    operation: &Interface<'_>,
    declared: &BTreeMap<String, Declared>,
) -> Vec<Binding> {
    let model = context.model;
    let input = operation.facts.input.as_ref().and_then(|id| Some((id, model.shape(id)?)));
    let Some((id, shape)) = input else { return Vec::new() };
    let mut bindings = Vec::new();
    for (name, member) in shape.kind.members() {
        let Some(facts) = member.traits.get(MEMBER) else { continue };
        let location = format!("{id}${name}");
        let Some(parameter) = facts.get("name").and_then(Value::as_str) else {
            let what = format!("the trait {MEMBER} is {facts}; expected an object with `name`");
            context.refuse(shape, location, what);
            continue;
        };
        let Some(kind) = declared.get(parameter).map(|parameter| parameter.kind) else { continue };
        let field = operation.request.fields.iter().find(|field| field.member == name);
        match field.and_then(|field| Some((field, holds(context, member, field, kind)?))) {
            Some((field, Holds::Text | Holds::Enum | Holds::Texts)) if field.sensitive => {
                let what = format!(
                    "it is sensitive and sets the endpoint parameter {parameter}, but hosts appear \
                     in errors and logs; remove one of the traits smithy.api#sensitive and {MEMBER}"
                );
                context.refuse(shape, location, what);
            }
            Some((field, holds)) => {
                let optional = field.is_option();
                let value = Bound::Field { field: field.name.clone(), optional, holds };
                bindings.push(Binding { parameter: parameter.to_owned(), value });
            }
            None => {
                let what = format!("the endpoint parameter {parameter} has a different type");
                context.refuse(shape, location, what);
            }
        }
    }
    bindings
}

/// Values that paths into the request select. A path that cannot be used is ignored if one of the
/// other bindings sets its parameter.
fn from_paths(
    context: &mut Context<'_>,
    operation: &Interface<'_>,
    (declared, others): (&BTreeMap<String, Declared>, &[Binding]),
    structs: &Structs<'_>,
) -> Vec<Binding> {
    let Interface { id, shape, .. } = *operation;
    let mut bindings = Vec::new();
    for (name, facts) in entries(shape.traits.get(PATHS)) {
        let Some(parameter) = declared.get(name) else { continue };
        let path = facts.get("path").and_then(Value::as_str).unwrap_or_default();
        match paths::lower(path, parameter.kind, &operation.request, structs) {
            Ok(value) => bindings.push(Binding { parameter: name.clone(), value }),
            Err(_) if others.iter().any(|binding| binding.parameter == *name) => {}
            Err(problem) => {
                let problem =
                    format!("is set by {PATHS}, but its path `{path}` cannot be used: {problem}");
                unbound(context, (id, shape), (name, parameter), &problem);
            }
        }
    }
    bindings
}

/// Returns the content of a field, if a parameter of that type can be bound to it.
fn holds(
    context: &Context<'_>,
    member: &Member,
    field: &ir::Field,
    kind: ParameterType,
) -> Option<Holds> {
    let text = |ty: &ir::Type| *ty == ir::Type::String;
    match (kind, &field.ty) {
        (ParameterType::Text, ir::Type::String) => Some(Holds::Text),
        (ParameterType::Text, ir::Type::Enum(_)) => Some(Holds::Enum),
        (ParameterType::Flag, ir::Type::Bool) => Some(Holds::Flag),
        (ParameterType::List, ir::Type::List { element, sparse: false }) if text(element) => {
            let list = context.model.shape(&member.target)?;
            matches!(list.kind, ShapeKind::List(_)).then_some(Holds::Texts)
        }
        _ => None,
    }
}
