//! A rule set that is being lowered.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    json::{Fault, JsonPath, Object},
    parameters::{self, Declared},
    prune,
    variables::Variables,
};
use crate::ir::endpoint as rules;

/// A rule set that is being lowered.
pub(super) struct RuleSet {
    /// Whether functions of version 1.1 are allowed.
    pub(super) newer: bool,
    pub(super) declared: BTreeMap<String, Declared>,
    pub(super) variables: Variables,
    pub(super) faults: Vec<Fault>,
}

impl RuleSet {
    pub(super) fn new(rule_set: &Value) -> Result<Self, Fault> {
        let root = JsonPath::root();
        let object = Object::of(rule_set, &root)?;
        object.only(&["version", "serviceId", "parameters", "rules"])?;
        let newer = match object.text("version")? {
            // Despite its number, version 1.3 is older than 1.1; rules from 2023 have it.
            "1.0" | "1.3" => false,
            "1.1" => true,
            other => {
                let what =
                    format!("unknown version {other:?}; expected \"1.0\", \"1.1\" or \"1.3\"");
                return Err(root.key("version").fault(what));
            }
        };
        let mut variables = Variables::new();
        let declared = parameters::read(&object, &mut variables)?;
        Ok(Self { newer, declared, variables, faults: Vec::new() })
    }

    pub(super) fn rules_of(&mut self, rule_set: &Value) -> Vec<rules::Rule> {
        let scope = parameters::scope(&self.declared);
        let location = JsonPath::root().key("rules");
        let rules = rule_set.get("rules").unwrap_or(&Value::Null);
        let lowered = self.rules(rules, &location, &scope);
        prune::prune(lowered, &self.variables)
    }
}
