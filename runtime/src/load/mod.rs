//! `Config::from_env`: the precedence of settings, and the default credential chain put together.
//!
//! The highest room; no other imports it.

pub(crate) mod config_load;
pub(crate) mod retry_load;
