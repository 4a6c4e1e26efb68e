//! Lowers the parameters of a rule set.

use std::collections::BTreeMap;

use super::{
    json::{Fault, Object},
    value::{self, BaseType, RuleType},
    variables::{VariableScope, Variables},
};
use crate::{
    ir::endpoint::{BuiltIn, Parameter, ParameterPresence, ParameterType, ParameterValue, Source},
    names::Ident,
};

/// A declared parameter.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    pub(super) variable: Ident,
    pub(super) kind: ParameterType,
    pub(super) required: bool,
    pub(super) default: Option<ParameterValue>,
    pub(super) built_in: Option<BuiltIn>,
    /// Whether the model names a source that this client does not support.
    pub(super) unknown_source: bool,
}

/// The built-ins that remain unset, because no setting corresponds to them.
const UNSET: [&str; 6] = [
    "AWS::S3::Accelerate",
    "AWS::S3::DisableMultiRegionAccessPoints",
    "AWS::S3::ForcePathStyle",
    "AWS::S3::UseArnRegion",
    "AWS::S3::UseGlobalEndpoint",
    "AWS::S3Control::UseArnRegion",
];

/// The maximum number of parameters; published rules have about two dozen. All of them are in scope
/// in every rule.
const MAX_PARAMETERS: usize = 100;

/// Reads the parameters of a rule set.
pub(super) fn read(
    rule_set: &Object<'_>,
    variables: &mut Variables,
) -> Result<BTreeMap<String, Declared>, Fault> {
    let parameters =
        Object::of(rule_set.need("parameters")?, &rule_set.location.key("parameters"))?;
    let entries: Vec<_> = parameters.entries().collect();
    if entries.len() > MAX_PARAMETERS {
        let what = format!("there are more than {MAX_PARAMETERS} parameters");
        return Err(parameters.location.fault(what));
    }
    entries
        .into_iter()
        .map(|(name, value, location)| {
            let parameter = Object::of(value, &location)?;
            Ok((name.clone(), declared(name, &parameter, variables)?))
        })
        .collect()
}

fn declared(
    name: &str,
    parameter: &Object<'_>,
    variables: &mut Variables,
) -> Result<Declared, Fault> {
    parameter.only(&["type", "builtIn", "default", "required", "deprecated"])?;
    let location = &parameter.location;
    if !name.starts_with(|c: char| c.is_ascii_alphabetic())
        || !name.chars().all(|c| c.is_ascii_alphanumeric())
    {
        return Err(location.fault("parameter names may contain only letters and digits"));
    }
    let kind = parameter_type(parameter)?;
    let default = parameter.get("default");
    let default =
        default.map(|json| value::read(kind, json, &location.key("default"))).transpose()?;
    let required = match parameter.get("required") {
        None => false,
        Some(json) => {
            json.as_bool().ok_or_else(|| location.key("required").fault("expected a boolean"))?
        }
    };
    let source = parameter.get("builtIn").map(|_| parameter.text("builtIn")).transpose()?;
    let built_in = source.and_then(built_in);
    let unknown_source = source.is_some() && built_in.is_none();
    if let Some(source) = source {
        if let Some((_, wanted)) = built_in.filter(|(_, wanted)| *wanted != kind) {
            let what = format!("the built-in {source} is {}", BaseType::from(wanted));
            return Err(location.key("type").fault(what));
        }
        let may_be_unset = !required && UNSET.contains(&source);
        if unknown_source && default.is_none() && !may_be_unset {
            let what = format!("unknown built-in {source} without a default");
            return Err(location.fault(what));
        }
    }
    let built_in = built_in.map(|(built_in, _)| built_in);
    Ok(Declared {
        variable: variables.named(name),
        kind,
        required,
        default,
        built_in,
        unknown_source,
    })
}

fn parameter_type(parameter: &Object<'_>) -> Result<ParameterType, Fault> {
    // Published models use both spellings.
    Ok(match parameter.text("type")? {
        "string" | "String" => ParameterType::Text,
        "boolean" | "Boolean" => ParameterType::Flag,
        "stringArray" => ParameterType::List,
        other => {
            let what = format!("unknown type `{other}`; expected string, boolean or stringArray");
            return Err(parameter.location.fault(what));
        }
    })
}

fn built_in(source: &str) -> Option<(BuiltIn, ParameterType)> {
    Some(match source {
        "AWS::Region" => (BuiltIn::Region, ParameterType::Text),
        "SDK::Endpoint" => (BuiltIn::Endpoint, ParameterType::Text),
        "AWS::UseFIPS" => (BuiltIn::UseFips, ParameterType::Flag),
        "AWS::UseDualStack" => (BuiltIn::UseDualStack, ParameterType::Flag),
        "AWS::STS::UseGlobalEndpoint" => (BuiltIn::UseStsGlobalEndpoint, ParameterType::Flag),
        "AWS::Auth::AccountId" => (BuiltIn::AccountId, ParameterType::Text),
        "AWS::Auth::AccountIdEndpointMode" => (BuiltIn::AccountIdEndpointMode, ParameterType::Text),
        _ => return None,
    })
}

/// Returns the scope with all parameters.
pub(super) fn scope(declared: &BTreeMap<String, Declared>) -> VariableScope {
    let mut scope = VariableScope::default();
    for (name, parameter) in declared {
        let optional = !parameter.required && parameter.default.is_none();
        let ty = RuleType { base: parameter.kind.into(), optional };
        scope.add(name, parameter.variable.clone(), ty);
    }
    scope
}

impl Declared {
    pub(super) fn finish(self, name: String, is_bound: bool) -> Parameter {
        Parameter {
            variable: self.variable,
            name,
            source: match (self.built_in, is_bound) {
                (Some(built_in), false) => Source::BuiltIn(built_in),
                (Some(built_in), true) => Source::Either(built_in),
                (None, _) => Source::Context,
            },
            kind: self.kind,
            presence: match (self.default, self.required) {
                (Some(default), _) => ParameterPresence::Defaulted(default),
                (None, true) => ParameterPresence::Required,
                (None, false) => ParameterPresence::Optional,
            },
        }
    }
}
