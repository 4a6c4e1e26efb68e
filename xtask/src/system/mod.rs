//! Gives access to the machine that commands run on: paths in this repository, other programs,
//! memory.
//!
//! It does not depend on commands or models, and imports nothing from this crate.

pub(crate) mod memory;
pub(crate) mod packages;
pub(crate) mod process;
pub(crate) mod repository;
