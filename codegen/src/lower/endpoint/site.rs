//! Describes where an expression is lowered: the variables in scope, the steps before it, and what
//! an unset value means there.

use super::variables::VariableScope;
use crate::{
    ir::endpoint::{Expr, RuleStep},
    names::Ident,
};

/// The meaning of an unset value that a function needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unset {
    /// The condition is false, so its rule does not apply.
    SkipsRule,
    /// The function is false, or has no value, and the enclosing function continues.
    HasNoValue,
    /// A fault, because the result of a rule needs the value.
    Refused,
}

/// Where an expression is lowered.
pub(super) struct Site<'s> {
    pub(super) scope: &'s VariableScope,
    /// The steps before the expression.
    pub(super) steps: &'s mut Vec<RuleStep>,
    pub(super) unset: Unset,
}

impl Site<'_> {
    /// Returns the same site with a different meaning of unset values.
    pub(super) fn with(&mut self, unset: Unset) -> Site<'_> {
        Site { scope: self.scope, steps: self.steps, unset }
    }
}

/// The values that must be set for a function to have a result, in order, each with the variable
/// that holds it if it is set.
pub(super) type Guards = Vec<(Ident, Expr)>;
