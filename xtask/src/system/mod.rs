//! Gives access to this repository's paths and packages, to other programs, and to the memory use
//! of processes.
//!
//! It does not depend on commands or models, and imports nothing from this crate.

pub(crate) mod folder;
pub(crate) mod memory;
pub(crate) mod packages;
pub(crate) mod process;
pub(crate) mod repository;
