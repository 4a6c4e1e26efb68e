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
#[cfg(feature = "aws-config")]
mod environment;
#[cfg(feature = "aws-config")]
mod instance;
mod lookup;
mod named_provider;
#[allow(dead_code, reason = "the chain does not use it yet")]
pub(crate) mod plan;
#[cfg(feature = "aws-config")]
mod smithy_http;
#[cfg(feature = "aws-config")]
mod trace_filter;
#[cfg(not(feature = "aws-config"))]
mod unavailable;
