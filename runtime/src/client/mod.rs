//! One call: encode, resolve the endpoint, attempt, retry, decode, and the errors of all that.
//!
//! May import `config` and the rooms below.

pub(crate) mod answer;
pub(crate) mod attempts;
pub(crate) mod call;
#[expect(clippy::module_inception, reason = "the room is named for its main type")]
pub(crate) mod client;
pub(crate) mod clock_skew;
pub(crate) mod destination;
pub(crate) mod encode;
pub(crate) mod error;
pub(crate) mod host_prefix;
pub(crate) mod request;
pub(crate) mod retry;
pub(crate) mod token_bucket;
pub(crate) mod trace;
pub(crate) mod uuid;
