//! The credential chain: one file per provider.
//!
//! May import `client` and the rooms below.

#[cfg(feature = "aws-config")]
pub(crate) mod aws_chain;
pub(crate) mod chain;
#[cfg(feature = "aws-config")]
pub(crate) mod instance;
pub(crate) mod region_finder;
#[cfg(feature = "aws-config")]
pub(crate) mod smithy_http;
#[cfg(feature = "aws-config")]
pub(crate) mod trace_filter;
