//! The providers of the default credential chain, one file per provider, and the chain itself.
//!
//! It implements the traits through which `config` builds the chain. It may import `client` and the
//! modules below it.

#[cfg(feature = "aws-config")]
mod aws_config_provider;
#[cfg(feature = "aws-config")]
mod aws_providers;
mod chain;
pub(crate) mod chain_settings;
mod container;
mod credentials_object;
#[cfg(feature = "aws-config")]
mod environment;
mod instance;
mod keys;
mod lookup;
mod named_provider;
#[allow(dead_code, reason = "aws-config reads some settings itself")]
mod plan;
mod process;
mod provider_request;
#[cfg(feature = "aws-config")]
mod smithy_http;
#[cfg(feature = "aws-config")]
mod trace_filter;
#[cfg(not(feature = "aws-config"))]
mod unavailable;
