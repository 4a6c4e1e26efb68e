//! Lowers rules and their conditions.

use serde_json::Value;

use super::{
    json::{Fault, JsonPath, Object, array},
    required,
    rule_set::RuleSet,
    site::{Site, Unset},
    value::{BaseType, Typed},
    variables::VariableScope,
};
use crate::ir::endpoint::{End, Expr, Rule, RuleStep};

/// The maximum number of nested conditions. Published rules have two dozen; each may become a
/// nested `if`, which costs stack in this program and in the compiler.
const MAX_CONDITIONS: usize = 40;

impl RuleSet {
    /// Lowers rules in order; an error in one does not prevent the others from being checked.
    pub(super) fn rules(
        &mut self,
        rules: &Value,
        location: &JsonPath,
        scope: &VariableScope,
    ) -> Vec<Rule> {
        let rules = match array(rules, location) {
            Ok([]) => Err(location.fault("expected at least one rule")),
            other => other,
        };
        let rules = rules.unwrap_or_else(|fault| {
            self.faults.push(fault);
            &[]
        });
        let mut lowered = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            match self.rule(rule, &location.index(index), scope) {
                Ok(rule) => lowered.push(rule),
                Err(fault) => self.faults.push(fault),
            }
        }
        lowered
    }

    fn rule(
        &mut self,
        rule: &Value,
        location: &JsonPath,
        scope: &VariableScope,
    ) -> Result<Rule, Fault> {
        let object = Object::of(rule, location)?;
        object.only(&["type", "conditions", "rules", "endpoint", "error"])?;
        let mut scope = scope.clone();
        let mut steps = Vec::new();
        // A rule without conditions may omit the key.
        let conditions = object.get("conditions").map(|_| object.array("conditions"));
        let conditions = conditions.transpose()?.unwrap_or_default();
        if scope.enter(conditions.len()) > MAX_CONDITIONS {
            let what = format!("conditions are nested more than {MAX_CONDITIONS} levels deep");
            return Err(location.key("conditions").fault(what));
        }
        for (index, condition) in conditions.iter().enumerate() {
            let location = location.key("conditions").index(index);
            let object = Object::of(condition, &location)?;
            narrow(condition, &mut scope, &mut steps);
            self.condition(&object, &mut scope, &mut steps)?;
        }
        let end = match object.text("type")? {
            "tree" => End::Rules(self.rules(object.need("rules")?, &location.key("rules"), &scope)),
            "error" => {
                let (text, location) = (object.need("error")?, location.key("error"));
                let site = &mut Site { scope: &scope, steps: &mut steps, unset: Unset::Refused };
                End::Error(self.text(text, &location, site)?)
            }
            "endpoint" => {
                let site = &mut Site { scope: &scope, steps: &mut steps, unset: Unset::Refused };
                self.endpoint(object.need("endpoint")?, location, site)?
            }
            other => {
                let what = format!("unknown type `{other}`; expected tree, endpoint or error");
                return Err(location.key("type").fault(what));
            }
        };
        Ok(Rule { steps, end })
    }

    fn condition(
        &mut self,
        condition: &Object<'_>,
        scope: &mut VariableScope,
        steps: &mut Vec<RuleStep>,
    ) -> Result<(), Fault> {
        condition.only(&["fn", "argv", "assign"])?;
        let assign = condition.get("assign").map(|_| condition.text("assign")).transpose()?;
        if let Some(name) = assign
            && scope.find(name).is_some()
        {
            let what = format!("`{name}` is already a parameter or a variable in scope");
            return Err(condition.location.key("assign").fault(what));
        }
        let unset = Unset::SkipsRule;
        let value = self.function(condition, &mut Site { scope, steps, unset })?;
        match assign {
            Some(name) => self.assign(name, value, scope, steps),
            None => test(condition, value, scope, steps),
        }
        Ok(())
    }

    /// Continues if the value is set and not false, and assigns it to a variable.
    fn assign(
        &mut self,
        name: &str,
        value: Typed,
        scope: &mut VariableScope,
        steps: &mut Vec<RuleStep>,
    ) {
        let variable = self.variables.named(name);
        let Typed { expr, ty } = value;
        scope.add(name, variable.clone(), ty.base.set());
        match (ty.base, ty.optional) {
            (BaseType::Flag, optional) => {
                let held = if optional { Expr::IsTrue(expr.into()) } else { expr };
                steps.push(RuleStep::Test(held));
                steps.push(RuleStep::Let(variable, Expr::Flag(true)));
            }
            (_, true) => steps.push(RuleStep::Bind(variable, expr)),
            (_, false) => steps.push(RuleStep::Let(variable, expr)),
        }
    }
}

/// Continues only if the references that a condition needs are set.
fn narrow(condition: &Value, scope: &mut VariableScope, steps: &mut Vec<RuleStep>) {
    for name in required::references(condition) {
        if let Some(Typed { expr: Expr::Variable(variable), ty }) = scope.find(name)
            && ty.optional
        {
            scope.enter(1);
            scope.add(name, variable.clone(), ty.base.set());
            steps.push(RuleStep::Bind(variable.clone(), Expr::Variable(variable)));
        }
    }
}

/// Continues if the value is set and not false. A variable that has been tested is not optional
/// afterwards.
fn test(
    condition: &Object<'_>,
    value: Typed,
    scope: &mut VariableScope,
    steps: &mut Vec<RuleStep>,
) {
    let checked = match &value.expr {
        Expr::IsSet(inner) => match &**inner {
            Expr::Variable(variable) => Some(variable.clone()),
            _ => None,
        },
        _ => None,
    };
    if let Some(variable) = checked
        && let Some(name) = condition.get("argv").and_then(|argv| argv.get(0)?.get("ref")?.as_str())
        && let Some(known) = scope.find(name)
    {
        scope.add(name, variable.clone(), known.ty.base.set());
        steps.push(RuleStep::Bind(variable.clone(), Expr::Variable(variable)));
        return;
    }
    match (value.ty.base, value.ty.optional) {
        (BaseType::Flag, false) => steps.push(RuleStep::Test(value.expr)),
        (BaseType::Flag, true) => steps.push(RuleStep::Test(Expr::IsTrue(value.expr.into()))),
        (_, true) => steps.push(RuleStep::Test(Expr::IsSet(value.expr.into()))),
        // A value that is always set needs no test.
        (_, false) => {}
    }
}
