//! One call: encode, resolve the endpoint, attempt, retry, decode, and the errors of all that.
//!
//! May import `config` and the rooms below.

pub(crate) mod attempt_summary;
#[expect(clippy::module_inception, reason = "the room is named for its main type")]
pub(crate) mod client;
mod clock_skew;
mod destination;
mod encode;
pub(crate) mod error;
mod error_response;
mod exchange;
mod host_prefix;
mod known_errors;
mod operation_info;
mod prepared_request;
mod response;
mod retry;
mod state;
mod timeout;
mod token_bucket;
mod trace;
mod untyped_call;
pub(crate) mod uuid;
