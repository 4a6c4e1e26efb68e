//! Translates the names of timestamp formats.

use serde_json::{Value, json};

use crate::{error::Problem, json::Node};

/// Returns the Smithy name of a C2J timestamp format.
pub(super) fn timestamp_format(node: Node<'_>) -> Result<Value, Problem> {
    match node.string()?.as_str() {
        "unixTimestamp" => Ok(json!("epoch-seconds")),
        "iso8601" => Ok(json!("date-time")),
        "rfc822" => Ok(json!("http-date")),
        other => Err(node.problem(format!(
            "unknown timestamp format `{other}`. Use unixTimestamp, iso8601 or rfc822."
        ))),
    }
}
