//! The protocols that a C2J service speaks.

use crate::{
    error::Problem,
    json::{Keys, Node},
};

/// What C2J calls the awsJson protocols.
const AWS_JSON: &str = "json";

/// The version of awsJson where the metadata names none.
pub(super) const OLDEST: &str = "1.0";

/// The protocols besides awsJson, and the traits that they are in Smithy.
const OTHER_PROTOCOLS: [(&str, &str); 5] = [
    ("rest-json", "aws.protocols#restJson1"),
    ("rest-xml", "aws.protocols#restXml"),
    ("query", "aws.protocols#awsQuery"),
    ("ec2", "aws.protocols#ec2Query"),
    ("smithy-rpc-v2-cbor", "smithy.protocols#rpcv2Cbor"),
];

/// The protocols the service speaks, by their C2J names.
pub(super) fn protocols(metadata: Node<'_>) -> Result<Vec<String>, Problem> {
    if let Some(node) = metadata.field("protocols")? {
        return node.elements()?.into_iter().map(Node::string).collect();
    }
    let protocol = metadata.field("protocol")?;
    let Some(protocol) = protocol else {
        return Err(metadata.problem("the service names no `protocol`. Add it."));
    };
    Ok(vec![protocol.string()?])
}

/// Whether awsJson is one of them.
pub(super) fn speaks_aws_json(metadata: Node<'_>) -> Result<bool, Problem> {
    Ok(protocols(metadata)?.iter().any(|protocol| protocol == AWS_JSON))
}

/// The trait that a protocol is in Smithy, where it is known; `version` is that of awsJson.
pub(super) fn smithy_id(protocol: &str, version: Option<&str>) -> Option<String> {
    if protocol == AWS_JSON {
        let version = version.unwrap_or(OLDEST).replace('.', "_");
        return Some(format!("aws.protocols#awsJson{version}"));
    }
    let known = OTHER_PROTOCOLS.iter().find(|(name, _)| *name == protocol);
    known.map(|(_, id)| (*id).to_owned())
}

/// A protocol as Smithy calls it, without its namespace; one that is not known keeps its name.
fn smithy_name(protocol: &str, version: Option<&str>) -> String {
    let id = smithy_id(protocol, version);
    let name = id.as_deref().and_then(|id| id.split_once('#')).map(|(_, name)| name);
    name.unwrap_or(protocol).to_owned()
}

/// That the service speaks no protocol that is generated.
pub(super) fn foreign(metadata: Node<'_>) -> Problem {
    let protocols = protocols(metadata).unwrap_or_default().join(", ");
    metadata.problem(format!(
        "the service speaks {protocols}; only awsJson 1.0 and 1.1 are generated, which C2J calls \
         `{AWS_JSON}`."
    ))
}

/// What a service file says of itself: its protocols by their Smithy names, and how many operations
/// it has.
pub(crate) fn facts(root: Node<'_>) -> Result<(Vec<String>, usize), Problem> {
    let mut keys = Keys::of(root)?;
    let metadata = keys.need("metadata")?;
    let version = metadata.field("jsonVersion")?.map(Node::string).transpose()?;
    let protocols = protocols(metadata)?;
    let names = protocols.iter().map(|name| smithy_name(name, version.as_deref()));
    Ok((names.collect(), keys.need("operations")?.fields()?.len()))
}
