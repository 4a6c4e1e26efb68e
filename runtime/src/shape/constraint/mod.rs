//! The constraints of a model: rules, checks, and the reported violations.

pub(crate) mod check;
mod check_run;
#[cfg(feature = "patterns")]
mod pattern;
pub(crate) mod rules;
pub(crate) mod validation;
pub(crate) mod validation_options;
pub(crate) mod violation;
