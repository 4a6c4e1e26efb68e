//! Endpoint rules: from the model's trait to rules whose names and types are known.
//!
//! The language is that of the Smithy specification, versions 1.0 and 1.1. A rule set that says
//! anything else is refused, with the place in it. Nothing here evaluates a rule.

mod bindings;
mod cases;
mod conditions;
mod endpoints;
mod expression;
mod function;
mod json;
mod parameters;
mod prune;
mod template;
mod value;
mod variables;

use std::collections::BTreeMap;

use serde_json::Value;

use self::{
    json::{Fault, Object, Place},
    parameters::Declared,
    variables::Variables,
};
use super::Context;
use crate::{
    ir::{self, endpoint as rules},
    smithy::{Operation, Shape, ShapeId},
};

const RULE_SET: &str = "smithy.rules#endpointRuleSet";
const TESTS: &str = "smithy.rules#endpointTests";
const DIAGRAM: &str = "smithy.rules#endpointBdd";

/// Lowers the rules of a service, and binds parameters to its operations; nothing where the model
/// has no rules.
pub(super) fn lower(
    context: &mut Context<'_>,
    id: &ShapeId,
    shape: &Shape,
    shapes: &[(&ShapeId, &Operation)],
    operations: &mut [ir::Operation],
) -> Option<rules::Rules> {
    let Some(rule_set) = shape.traits.get(RULE_SET) else {
        if shape.traits.has(DIAGRAM) {
            let what = format!(
                "the endpoint rules are there as {DIAGRAM} only, which is not read: requests will \
                 go to the regional host. Use a model with {RULE_SET}"
            );
            context.warn(shape, id, what);
        }
        return None;
    };
    let mut lowering = match Lowering::new(rule_set) {
        Ok(lowering) => lowering,
        Err(fault) => {
            context.refuse(shape, id, fault.text(RULE_SET));
            return None;
        }
    };
    let rules = lowering.rule_set(rule_set);
    for fault in &lowering.faults {
        context.refuse(shape, id, fault.text(RULE_SET));
    }
    let mut declared = lowering.declared;
    bindings::bind(context, id, shape, shapes, operations, &mut declared);
    let cases = shape.traits.get(TESTS).map(|tests| cases::lower(tests, &declared));
    let cases = cases.unwrap_or_else(|| Ok(Vec::new())).unwrap_or_else(|fault| {
        context.refuse(shape, id, fault.text(TESTS));
        Vec::new()
    });
    let per_request = declared.values().any(|parameter| parameter.is_bound);
    let used = |parameter: &Declared| rules.iter().any(|rule| rule.mentions(&parameter.variable));
    let parameters = declared.into_iter().filter(|(_, parameter)| used(parameter));
    let parameters = parameters.map(|(name, parameter)| parameter.finish(name)).collect();
    Some(rules::Rules { parameters, rules, per_request, cases })
}

/// A rule set on its way.
struct Lowering {
    /// Whether the functions of version 1.1 may be used.
    newer: bool,
    declared: BTreeMap<String, Declared>,
    variables: Variables,
    faults: Vec<Fault>,
}

impl Lowering {
    fn new(rule_set: &Value) -> Result<Self, Fault> {
        let root = Place::root();
        let object = Object::of(rule_set, &root)?;
        object.only(&["version", "serviceId", "parameters", "rules"])?;
        let newer = match object.text("version")? {
            "1.0" => false,
            "1.1" => true,
            other => {
                let what = format!("the version {other:?} is unknown; expected \"1.0\" or \"1.1\"");
                return Err(root.key("version").fault(what));
            }
        };
        let mut variables = Variables::new();
        let declared = parameters::read(&object, &mut variables)?;
        Ok(Self { newer, declared, variables, faults: Vec::new() })
    }

    fn rule_set(&mut self, rule_set: &Value) -> Vec<rules::Rule> {
        let scope = parameters::scope(&self.declared);
        let place = Place::root().key("rules");
        let rules = rule_set.get("rules").unwrap_or(&Value::Null);
        let lowered = self.rules(rules, &place, &scope);
        prune::prune(lowered, &self.variables)
    }
}
