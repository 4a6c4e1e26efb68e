//! Formatting of errors, logs and `Debug` output: on one line, shortened, without secrets.
//!
//! This is the lowest module: it only formats, and it imports no other module.

pub(crate) mod char_boundary;
pub(crate) mod error_chain;
pub(crate) mod exception;
pub(crate) mod log_target;
pub(crate) mod one_line;
pub(crate) mod redacted;
pub(crate) mod url;
