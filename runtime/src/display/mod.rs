//! How errors, logs and `Debug` print values: on one line, clipped, without secrets.
//!
//! Formatting only. This is the lowest room: it imports no other.

pub(crate) mod error_chain;
pub(crate) mod one_line;
pub(crate) mod redacted;
