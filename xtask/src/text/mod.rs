//! Text that commands print or write: console lines, progress, numbers in tables, TOML strings.
//!
//! Nothing here knows a command or a model. Imports nothing of this crate.

#[macro_use]
pub(crate) mod console;
pub(crate) mod number;
pub(crate) mod progress;
pub(crate) mod toml;
