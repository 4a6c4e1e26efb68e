//! The name of the service shape and the target prefix.

use super::protocol::speaks_aws_json;
use crate::{error::Problem, json::Node, smithy::is_identifier};

/// What stands before the dot in `X-Amz-Target`; a service that speaks awsJson must have it.
pub(super) fn target_prefix(metadata: Node<'_>) -> Result<Option<String>, Problem> {
    let prefix = metadata.field("targetPrefix")?.map(Node::string).transpose()?;
    if prefix.is_none() && speaks_aws_json(metadata)? {
        return Err(metadata.problem(
            "the service speaks awsJson and has no `targetPrefix`, which every request needs. \
             Add it.",
        ));
    }
    Ok(prefix)
}

/// The name of the service shape. Smithy sends it as the target prefix, so it is that where it can
/// be; of `com.example.Service_2020` it is what follows the last dot.
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
