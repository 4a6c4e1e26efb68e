//! Pages of an operation, one request after the other.
//!
//! A convenience on top of a call. May import `client` and the rooms below.

pub(crate) mod items;
pub(crate) mod pages;
