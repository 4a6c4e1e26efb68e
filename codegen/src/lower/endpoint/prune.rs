//! Removes unused variables, conditions that always hold, and unreachable rules, and adds variables
//! for attributes that are used.

use super::variables::Variables;
use crate::ir::endpoint::{End, Expr, Rule, RuleStep};

/// Returns the reachable rules without unused steps.
pub(super) fn prune(rules: Vec<Rule>, variables: &Variables) -> Vec<Rule> {
    let mut kept = Vec::new();
    for rule in rules {
        if rule.steps.iter().any(is_never) {
            continue;
        }
        let rule = Rule { end: prune_end(rule.end, variables), ..rule };
        let rule = without_idle_steps(with_attributes(rule, variables));
        let always = !rule.steps.iter().any(|step| !matches!(step, RuleStep::Let(..)));
        kept.push(rule);
        // A rule that always applies makes the following ones unreachable.
        if always {
            break;
        }
    }
    kept
}

fn prune_end(end: End, variables: &Variables) -> End {
    match end {
        End::Rules(rules) => End::Rules(prune(rules, variables)),
        other => other,
    }
}

/// Adds a variable for every attribute that a template may use.
fn with_attributes(rule: Rule, variables: &Variables) -> Rule {
    let mut steps = Vec::new();
    for step in rule.steps {
        let record = match &step {
            // A parameter that was tested is not a record.
            RuleStep::Bind(variable, _) | RuleStep::Let(variable, _) => Some(variable.clone()),
            RuleStep::Test(_) => None,
        };
        steps.push(step);
        if let Some(record) = record {
            let attributes = variables.attributes_of(&record).into_iter();
            steps.extend(attributes.map(|(variable, method)| {
                RuleStep::Let(
                    variable,
                    Expr::Attribute(Expr::Variable(record.clone()).into(), method),
                )
            }));
        }
    }
    Rule { steps, ..rule }
}

fn without_idle_steps(rule: Rule) -> Rule {
    let mut done = Rule { steps: Vec::new(), end: rule.end };
    for step in rule.steps.into_iter().rev() {
        match step {
            step if is_always(&step) => {}
            RuleStep::Let(variable, _) if !done.mentions(&variable) => {}
            RuleStep::Bind(variable, expr) if !done.mentions(&variable) => {
                done.steps.insert(0, RuleStep::Test(Expr::IsSet(expr.into())));
            }
            step => done.steps.insert(0, step),
        }
    }
    done
}

/// Returns true for a condition that never holds, as a literal.
fn is_never(step: &RuleStep) -> bool {
    matches!(step, RuleStep::Test(Expr::Flag(false)))
}

/// Returns true for a condition that always holds, as a literal.
fn is_always(step: &RuleStep) -> bool {
    matches!(step, RuleStep::Test(Expr::Flag(true)))
}
