//! The providers of the default credential chain, one file per provider, and the chain itself.
//!
//! It implements the traits through which `config` builds the chain. It may import `client` and the
//! modules below it.

mod chain;
pub(crate) mod chain_settings;
#[cfg(feature = "credential-chain")]
mod client_config;
mod container;
mod credentials_object;
mod instance;
#[cfg(feature = "credential-chain")]
mod json_file;
mod json_object;
mod keys;
mod local;
#[cfg(feature = "credential-chain")]
mod login;
mod lookup;
mod named_provider;
#[cfg_attr(not(feature = "credential-chain"), allow(dead_code, reason = "only read by providers"))]
mod plan;
mod process;
mod provider_request;
#[cfg(feature = "credential-chain")]
mod remote;
#[cfg(feature = "credential-chain")]
mod role;
mod small_file;
#[cfg(feature = "credential-chain")]
mod sso;
#[cfg(feature = "credential-chain")]
mod sts_response;
#[cfg(feature = "credential-chain")]
mod token_file;
#[cfg(not(feature = "credential-chain"))]
mod unavailable;
#[cfg(feature = "credential-chain")]
mod web_identity;
