//! The machine that commands run on: paths in this repository, other programs, threads.
//!
//! Nothing here knows a command or a model. Imports nothing of this crate.

pub(crate) mod process;
pub(crate) mod repository;
pub(crate) mod thread_pool;
