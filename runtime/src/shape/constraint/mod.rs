//! The constraints of a model: rules, checks, and the reported violations.

pub(crate) mod check;
pub(crate) mod rules;
pub(crate) mod validation;
