//! Formatting of errors, logs and `Debug` output: on one line, shortened, without secrets.
//!
//! Formatting only. This is the lowest room: it imports no other.

pub(crate) mod error_chain;
pub(crate) mod exception;
pub(crate) mod log_target;
pub(crate) mod one_line;
pub(crate) mod redacted;
pub(crate) mod url;
