//! The credential chain.

mod chain;
mod chain_variables;
mod container;
mod derived_configurations;
mod instance_fallback;
mod instance_metadata;
mod login;
mod mfa;
#[cfg(unix)]
mod process;
mod roles;
mod sso;
mod token_files;
