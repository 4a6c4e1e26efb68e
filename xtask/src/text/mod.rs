//! Formats text that commands print or write: console lines, progress, numbers in tables, TOML
//! strings.
//!
//! It does not depend on commands or models, and imports nothing from this crate.

#[macro_use]
pub(crate) mod console;
pub(crate) mod number;
pub(crate) mod progress;
pub(crate) mod toml;
