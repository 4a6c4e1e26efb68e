//! Formats numbers that commands print.
//!
//! It does not depend on commands or models, and imports nothing from this crate.

pub(crate) mod number;
