//! Pagination: the pages of an operation and the items in them.
//!
//! A convenience on top of a call. This room may import `client` and the rooms below it.

pub(crate) mod items;
pub(crate) mod pages;
