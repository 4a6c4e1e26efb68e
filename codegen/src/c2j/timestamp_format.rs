//! Translates the names of timestamp formats.

use serde_json::{Value, json};

use crate::{error::Problem, json::Node, smithy::Protocol};

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

/// Returns the format of timestamps that do not state their own, if the service has a default.
///
/// In REST protocols, the default format depends on the location of a member, and the format of the
/// service applies only to bodies.
pub(super) fn of_service(
    metadata: Node<'_>,
    protocol: Option<Protocol>,
) -> Result<Option<Value>, Problem> {
    let Some(node) = metadata.field("timestampFormat")? else { return Ok(None) };
    let format = timestamp_format(node)?;
    let default = match protocol {
        Some(Protocol::RestJson1) => "epoch-seconds",
        Some(Protocol::RestXml) => "date-time",
        _ => return Ok(Some(format)),
    };
    match format == default {
        true => Ok(None),
        false => Err(node.problem(format!(
            "the service has the timestamp format {format}, but only {default:?} is supported for \
             the bodies of a whole service. State the format of each timestamp."
        ))),
    }
}
