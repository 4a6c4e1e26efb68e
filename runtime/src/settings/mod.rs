//! Settings from outside the code: environment variables and profile files, each value with its
//! origin.
//!
//! It reads and parses settings but makes no decisions about calls. It may import `shape` and
//! `display`.

pub(crate) mod config_error;
pub(crate) mod environment;
pub(crate) mod expand;
pub(crate) mod host_label;
pub(crate) mod profile;
pub(crate) mod region;
pub(crate) mod setting;
