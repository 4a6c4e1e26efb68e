//! The credential chain.

mod chain;
mod chain_variables;
mod instance_metadata;
