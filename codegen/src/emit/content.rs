//! What the emitter of a kind of file returns.

use crate::rust_file::Item;

/// What a file says of itself, and its items.
pub(super) type Content = (Vec<String>, Vec<Item>);
