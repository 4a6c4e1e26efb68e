//! JSON files in which the AWS CLI keeps tokens.
//!
//! Errors contain no part of the file.

use std::path::Path;

use serde_json::{Map, Value};

use crate::providers::small_file;

/// Reads the object in a file. The error contains the path and the problem.
pub(super) fn read(path: &Path) -> Result<Map<String, Value>, String> {
    let bytes = small_file::read(path)
        .map_err(|error| format!("cannot read the token in {}: {error}", path.display()))?;
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(members)) => Ok(members),
        _ => Err(format!("the token in {} is not a JSON object", path.display())),
    }
}

/// Replaces a file as a whole.
pub(super) fn write(path: &Path, members: Map<String, Value>) -> Result<(), String> {
    let text = Value::Object(members).to_string();
    small_file::replace(path, text.as_bytes())
        .map_err(|error| format!("cannot write the token to {}: {error}", path.display()))
}
