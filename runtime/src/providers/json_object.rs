//! Reads members of JSON objects that contain credentials or tokens.

use serde_json::{Map, Value};

/// Returns a string; `None` if it is absent or empty.
pub(super) fn text<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str().filter(|text| !text.is_empty())
}
