//! Reads members of JSON objects that contain credentials or tokens.

use std::collections::BTreeMap;

use crate::Document;

/// The members of an object.
pub(super) type Members = BTreeMap<String, Document>;

/// Returns a string; `None` if it is absent or empty.
pub(super) fn text<'a>(object: &'a Members, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str().filter(|text| !text.is_empty())
}
