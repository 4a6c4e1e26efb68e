//! Reads the protocols of a C2J service.

use crate::{
    error::Problem,
    json::{Keys, Node},
};

/// The C2J name of the awsJson protocols.
const AWS_JSON: &str = "json";

/// The version of awsJson if the metadata has none.
pub(super) const DEFAULT_JSON_VERSION: &str = "1.0";

/// The protocols other than awsJson, and their traits in Smithy.
const OTHER_PROTOCOLS: [(&str, &str); 5] = [
    ("rest-json", "aws.protocols#restJson1"),
    ("rest-xml", "aws.protocols#restXml"),
    ("query", "aws.protocols#awsQuery"),
    ("ec2", "aws.protocols#ec2Query"),
    ("smithy-rpc-v2-cbor", "smithy.protocols#rpcv2Cbor"),
];

/// Returns the protocols of the service by their C2J names.
pub(super) fn protocols(metadata: Node<'_>) -> Result<Vec<String>, Problem> {
    if let Some(node) = metadata.field("protocols")? {
        return node.elements()?.into_iter().map(Node::string).collect();
    }
    let protocol = metadata.field("protocol")?;
    let Some(protocol) = protocol else {
        return Err(metadata.problem("the service has no `protocol`. Add it."));
    };
    Ok(vec![protocol.string()?])
}

/// Returns true if awsJson is one of them.
pub(super) fn speaks_aws_json(metadata: Node<'_>) -> Result<bool, Problem> {
    Ok(protocols(metadata)?.iter().any(|protocol| protocol == AWS_JSON))
}

/// Returns the trait of a known protocol in Smithy; `version` is that of awsJson.
pub(super) fn smithy_id(protocol: &str, version: Option<&str>) -> Option<String> {
    if protocol == AWS_JSON {
        let version = version.unwrap_or(DEFAULT_JSON_VERSION).replace('.', "_");
        return Some(format!("aws.protocols#awsJson{version}"));
    }
    let known = OTHER_PROTOCOLS.iter().find(|(name, _)| *name == protocol);
    known.map(|(_, id)| (*id).to_owned())
}

/// Returns the Smithy name of a protocol without its namespace; an unknown one keeps its name.
fn smithy_name(protocol: &str, version: Option<&str>) -> String {
    let id = smithy_id(protocol, version);
    let name = id.as_deref().and_then(|id| id.split_once('#')).map(|(_, name)| name);
    name.unwrap_or(protocol).to_owned()
}

/// The problem that the service has no supported protocol.
pub(super) fn unsupported_protocol(metadata: Node<'_>) -> Problem {
    let protocols = protocols(metadata).unwrap_or_default().join(", ");
    metadata.problem(format!(
        "the service uses {protocols}; only awsJson 1.0 and 1.1 are supported, which C2J calls \
         `{AWS_JSON}`."
    ))
}

/// Returns the protocols of a service file by their Smithy names, and the number of its operations.
pub(crate) fn facts(root: Node<'_>) -> Result<(Vec<String>, usize), Problem> {
    let mut keys = Keys::of(root)?;
    let metadata = keys.need("metadata")?;
    let version = metadata.field("jsonVersion")?.map(Node::string).transpose()?;
    let protocols = protocols(metadata)?;
    let names = protocols.iter().map(|name| smithy_name(name, version.as_deref()));
    Ok((names.collect(), keys.need("operations")?.fields()?.len()))
}
