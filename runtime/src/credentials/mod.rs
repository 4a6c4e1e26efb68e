//! Credentials, the provider trait, and the cache in front of every provider.
//!
//! The providers themselves are in `providers`. It may import `protocol` and the modules below it.

#[cfg(feature = "aws-sdk")]
pub(crate) mod aws_sdk;
pub(crate) mod cache;
pub(crate) mod clock;
#[expect(clippy::module_inception, reason = "the module is named after its main type")]
pub(crate) mod credentials;
pub(crate) mod error;
pub(crate) mod error_text;
pub(crate) mod mfa_code;
pub(crate) mod no_credentials;
pub(crate) mod provider;
mod signing_keys;
