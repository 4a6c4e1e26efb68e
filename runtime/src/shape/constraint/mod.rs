//! The constraints of a model: the rules, the check of values against them, and what is reported.

pub(crate) mod check;
pub(crate) mod rules;
pub(crate) mod validation;
