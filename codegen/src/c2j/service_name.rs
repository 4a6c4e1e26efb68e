//! Derives the name of the service shape and the target prefix.

use super::protocol::uses_aws_json;
use crate::{error::Problem, json::Node, smithy::is_identifier};

/// Returns the part of `X-Amz-Target` before the dot; a service with awsJson must have it.
pub(super) fn target_prefix(metadata: Node<'_>) -> Result<Option<String>, Problem> {
    let prefix = metadata.field("targetPrefix")?.map(Node::string).transpose()?;
    if prefix.is_none() && uses_aws_json(metadata)? {
        return Err(metadata.problem(
            "the service uses awsJson but has no `targetPrefix`, which every request needs. Add \
                it.",
        ));
    }
    Ok(prefix)
}

/// Returns the name of the service shape. Smithy sends it as the target prefix, so it is the prefix
/// if possible, or the part of it after the last dot, `Service_2020` of `com.example.Service_2020`.
pub(super) fn name(metadata: Node<'_>) -> Result<String, Problem> {
    if let Some(prefix) = target_prefix(metadata)? {
        let last = prefix.rsplit('.').next().unwrap_or(&prefix);
        if is_identifier(last) {
            return Ok(last.to_owned());
        }
    }
    for key in ["serviceId", "endpointPrefix", "targetPrefix"] {
        if let Some(node) = metadata.field(key)? {
            let mut letters = node.string()?;
            letters.retain(|c| c.is_ascii_alphanumeric());
            let name = format!("{letters}Service");
            return Ok(if is_identifier(&name) { name } else { format!("_{name}") });
        }
    }
    Err(metadata.problem("the service has neither `targetPrefix` nor `serviceId`. Add them."))
}
