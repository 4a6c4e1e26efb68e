//! Lowers the endpoint rules of a service, and the values that its operations have for them.

use std::collections::BTreeMap;

use super::{
    bindings::{self, Bindings},
    cases::{self, Cases},
    parameters::Declared,
    rule_set::RuleSet,
};
use crate::{
    ir::{TypeDefinitions, endpoint as rules},
    lower::{context::Context, jmespath::Structs, operation::Interface},
    smithy::{Shape, ShapeId},
};

const RULE_SET: &str = "smithy.rules#endpointRuleSet";
const TESTS: &str = "smithy.rules#endpointTests";
const DIAGRAM: &str = "smithy.rules#endpointBdd";

/// The result of lowering endpoint rules.
#[derive(Default)]
pub(in crate::lower) struct EndpointLowering {
    /// The rules; `None` if the model has none.
    pub(in crate::lower) rules: Option<rules::Rules>,
    /// The values that operations have for the rules, by operation name.
    pub(in crate::lower) bindings: BTreeMap<String, Vec<rules::Binding>>,
}

/// Lowers the rules of a service and binds their parameters to its operations. The test cases of the
/// model are always checked; those that can be used are kept only if `keep_cases` is set.
pub(in crate::lower) fn lower(
    context: &mut Context<'_>,
    (id, shape): (&ShapeId, &Shape),
    operations: &[Interface<'_>],
    types: &TypeDefinitions,
    keep_cases: bool,
) -> EndpointLowering {
    let Some(rule_set) = shape.traits.get(RULE_SET) else {
        warn_of_diagram(context, id, shape);
        return EndpointLowering::default();
    };
    let mut lowering = match RuleSet::new(rule_set) {
        Ok(lowering) => lowering,
        Err(fault) => {
            context.refuse(shape, id, fault.text(RULE_SET));
            return EndpointLowering::default();
        }
    };
    let rules = lowering.rules_of(rule_set);
    for fault in &lowering.faults {
        context.refuse(shape, id, fault.text(RULE_SET));
    }
    let declared = lowering.declared;
    // Paths into structures cannot be checked if a member could not be lowered.
    let structs = context.is_sound().then(|| Structs::of(&types.structs, &types.unions));
    let Bindings { by_operation, bound } =
        bindings::bind(context, (id, shape), operations, &declared, structs.as_ref());
    let cases = lower_cases(context, (id, shape), &declared);
    let used = |parameter: &Declared| rules.iter().any(|rule| rule.mentions(&parameter.variable));
    let parameters =
        declared.into_iter().filter(|(_, parameter)| used(parameter)).map(|(name, parameter)| {
            let is_bound = bound.contains(&name);
            parameter.finish(name, is_bound)
        });
    let rules = rules::Rules {
        parameters: parameters.collect(),
        per_request: !bound.is_empty(),
        cases: if keep_cases { cases } else { Vec::new() },
        rules,
    };
    EndpointLowering { rules: Some(rules), bindings: by_operation }
}

fn lower_cases(
    context: &mut Context<'_>,
    (id, shape): (&ShapeId, &Shape),
    declared: &BTreeMap<String, Declared>,
) -> Vec<rules::EndpointCase> {
    // A trait that is not an object has already been reported.
    let tests = shape.traits.get(TESTS).filter(|tests| tests.is_object());
    let lowered = tests.map(|tests| cases::lower(tests, declared));
    let Cases { usable, faults } = lowered
        .unwrap_or_else(|| Ok(Cases::default()))
        .unwrap_or_else(|fault| Cases { usable: Vec::new(), faults: vec![fault] });
    if let Some(first) = faults.first() {
        let counted = match faults.len() {
            1 => "an endpoint test case is skipped".to_owned(),
            many => format!("{many} endpoint test cases are skipped, the first because of"),
        };
        context.pass_over(shape, id, format!("{counted}: {}", first.text(TESTS)));
    }
    usable
}

fn warn_of_diagram(context: &mut Context<'_>, id: &ShapeId, shape: &Shape) {
    if shape.traits.has(DIAGRAM) {
        let what = format!(
            "the model has endpoint rules only as {DIAGRAM}, which is not supported; requests go \
                to the regional host. Use a model with {RULE_SET}"
        );
        context.warn(shape, id, what);
    }
}
