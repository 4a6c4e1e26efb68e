//! The credential chain.

mod chain;
#[cfg(feature = "credential-chain")]
mod chain_variables;
mod container;
#[cfg(feature = "credential-chain")]
mod derived_configurations;
mod instance_fallback;
mod instance_metadata;
#[cfg(unix)]
mod process;
#[cfg(feature = "credential-chain")]
mod roles;
#[cfg(feature = "credential-chain")]
mod sso;
#[cfg(feature = "credential-chain")]
mod sts;
