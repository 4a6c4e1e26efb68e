//! The credential chain.

mod account_ids;
mod chain;
#[cfg(feature = "credential-chain")]
mod chain_variables;
mod container;
#[cfg(feature = "credential-chain")]
mod derived_configurations;
mod instance_fallback;
mod instance_metadata;
#[cfg(feature = "credential-chain")]
mod login;
#[cfg(feature = "credential-chain")]
mod mfa;
#[cfg(unix)]
mod process;
#[cfg(feature = "credential-chain")]
mod roles;
#[cfg(feature = "credential-chain")]
mod sso;
#[cfg(feature = "credential-chain")]
mod sts;
mod token_files;
