//! The credential chain.

mod chain;
mod chain_variables;
mod derived_configurations;
mod instance_metadata;
