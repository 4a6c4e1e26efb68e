//! Where requests go: the library of the endpoint rules, the partitions and custom endpoints.
//!
//! Computes URLs and sends nothing. May import `http` and the rooms below.

pub(crate) mod custom;
pub(crate) mod partition;
pub mod rules;
