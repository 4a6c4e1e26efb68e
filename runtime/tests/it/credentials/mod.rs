//! The credential chain.

mod chain;
mod chain_variables;
