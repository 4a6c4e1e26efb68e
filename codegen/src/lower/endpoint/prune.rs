//! Takes away what says nothing: variables nobody reads, conditions that always hold, and rules
//! that are never reached.

use super::conditions::{is_always, is_never};
use crate::ir::endpoint::{End, Expr, Rule, Step};

/// The rules that can be reached, each without what it does not need.
pub(super) fn prune(rules: Vec<Rule>) -> Vec<Rule> {
    let mut kept = Vec::new();
    for rule in rules {
        if rule.steps.iter().any(is_never) {
            continue;
        }
        let rule = Rule { end: prune_end(rule.end), ..rule };
        let rule = without_idle_steps(rule);
        let always = !rule.steps.iter().any(|step| !matches!(step, Step::Let(..)));
        kept.push(rule);
        // Nothing gets past a rule that always holds.
        if always {
            break;
        }
    }
    kept
}

fn prune_end(end: End) -> End {
    match end {
        End::Rules(rules) => End::Rules(prune(rules)),
        other => other,
    }
}

fn without_idle_steps(rule: Rule) -> Rule {
    let mut done = Rule { steps: Vec::new(), end: rule.end };
    for step in rule.steps.into_iter().rev() {
        match step {
            step if is_always(&step) => {}
            Step::Let(variable, _) if !done.mentions(&variable) => {}
            Step::Bind(variable, expr) if !done.mentions(&variable) => {
                done.steps.insert(0, Step::Test(Expr::IsSet(expr.into())));
            }
            step => done.steps.insert(0, step),
        }
    }
    done
}
