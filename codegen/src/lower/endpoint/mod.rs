//! Lowers endpoint rules from the model's trait to rules whose names and types are known.
//!
//! The language is that of the Smithy specification, versions 1.0 and 1.1. Rules that AWS published
//! earlier, some of them with the version 1.3, are also supported: their functions may use unset
//! references, and are then false. Everything else is rejected with its path. No rule is evaluated
//! here.

mod bindings;
mod call;
mod cases;
mod conditions;
mod endpoints;
mod expression;
mod function;
mod json;
mod parameters;
mod paths;
mod prune;
mod required;
mod rule_set;
mod service;
mod site;
mod template;
mod value;
mod variables;

pub(super) use self::service::{EndpointLowering, lower};
