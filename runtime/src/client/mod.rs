//! Makes calls: encodes requests, resolves endpoints, makes and retries attempts, decodes
//! responses, and defines the errors of these steps.
//!
//! It may import `config` and the modules below it.

pub(crate) mod attempt_summary;
#[expect(clippy::module_inception, reason = "the module is named after its main type")]
pub(crate) mod client;
pub(crate) mod error;
mod exchange;
mod hooks;
mod operation_info;
mod rate_limit;
mod request;
mod response;
mod retry;
mod state;
mod timeout;
mod trace;
mod untyped_call;
mod waits;
