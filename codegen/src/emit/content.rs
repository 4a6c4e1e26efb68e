//! Defines the return type of emitters.

use crate::rust_file::Item;

/// The documentation of a file, and its items.
pub(super) type Content = (Vec<String>, Vec<Item>);
