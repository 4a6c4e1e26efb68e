//! Credentials, the provider trait, credentials from code, and the cache in front of every
//! provider.
//!
//! The providers themselves are in `providers`. It may import `protocol` and the modules below it.

pub(crate) mod cache;
#[expect(clippy::module_inception, reason = "the module is named after its main type")]
pub(crate) mod credentials;
pub(crate) mod error_text;
pub(crate) mod no_credentials;
