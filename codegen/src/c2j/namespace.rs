//! Derives the namespace of a C2J model, which the model does not state.

use crate::{error::Problem, json::Node, smithy::is_identifier};

/// `com.amazonaws.` and the service's id in lower-case letters and digits, as in AWS's own Smithy
/// models.
pub(super) fn namespace(metadata: Node<'_>) -> Result<String, Problem> {
    for key in ["serviceId", "endpointPrefix", "targetPrefix"] {
        let Some(node) = metadata.field(key)? else {
            continue;
        };
        let mut name = node.string()?.to_ascii_lowercase();
        name.retain(|c| c.is_ascii_alphanumeric());
        if is_identifier(&name) {
            return Ok(format!("com.amazonaws.{name}"));
        }
    }
    Err(metadata.problem("the service has no `serviceId`. Add one, of letters and digits."))
}
