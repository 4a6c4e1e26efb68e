//! `Config` and its builder: the values that calls are made with.
//!
//! It reads no variables or files; `load` does that. It may import `credentials` and the modules
//! below it.

pub(crate) mod account_mode;
pub(crate) mod builder;
#[expect(clippy::module_inception, reason = "the module is named after its main type")]
pub(crate) mod config;
pub(crate) mod credential_source;
mod effective;
pub(crate) mod loaded;
pub(crate) mod mode_text;
pub(crate) mod network;
pub(crate) mod region_finder;
pub(crate) mod request_settings;
pub(crate) mod retry_config;
pub(crate) mod timeouts;
pub(crate) mod user_agent;
