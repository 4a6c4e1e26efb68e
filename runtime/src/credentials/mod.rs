//! Credentials, the provider trait and the cache in front of every provider.
//!
//! Where credentials come from is in `providers`. May import `protocol` and the rooms below.

pub(crate) mod cache;
#[expect(clippy::module_inception, reason = "the room is named for its main type")]
pub(crate) mod credentials;
