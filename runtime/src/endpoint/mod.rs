//! Endpoints of requests: the library for compiled endpoint rules, the partitions, and custom
//! endpoints.
//!
//! This module computes URLs and sends nothing. It may import `http` and the modules below it.

pub(crate) mod custom;
pub(crate) mod partition;
pub mod rules;
