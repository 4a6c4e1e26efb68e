//! Pagination: the pages of an operation and the items in them.
//!
//! A convenience on top of a call. This module may import `client` and the modules below it.

pub(crate) mod items;
pub(crate) mod pages;
pub(crate) mod tokens;
