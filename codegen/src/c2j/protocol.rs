//! Reads the protocols of a C2J service.

use crate::{
    error::Problem,
    json::{Keys, Node},
    smithy::Protocol,
};

/// The C2J name of the awsJson protocols.
const AWS_JSON: &str = "json";

/// The version of awsJson if the metadata has none.
pub(super) const DEFAULT_JSON_VERSION: &str = "1.0";

/// The protocols other than awsJson, by their C2J names.
const OTHER_PROTOCOLS: [(&str, Protocol); 5] = [
    ("rest-json", Protocol::RestJson1),
    ("rest-xml", Protocol::RestXml),
    ("query", Protocol::AwsQuery),
    ("ec2", Protocol::Ec2Query),
    ("smithy-rpc-v2-cbor", Protocol::RpcV2Cbor),
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

/// Returns the protocol that a client of the service uses, which determines the meaning of many
/// keys; `None` if all protocols are unknown.
pub(super) fn protocol(metadata: Node<'_>) -> Result<Option<Protocol>, Problem> {
    let names = protocols(metadata)?;
    let known = |name: &String| match name.as_str() {
        // Both versions have the same keys.
        AWS_JSON => Some(Protocol::AwsJson10),
        name => OTHER_PROTOCOLS.iter().find(|(known, _)| *known == name).map(|(_, known)| *known),
    };
    Ok(Protocol::preferred(names.iter().filter_map(known)))
}

/// Returns true if a client of the service uses awsJson.
pub(super) fn uses_aws_json(metadata: Node<'_>) -> Result<bool, Problem> {
    Ok(protocol(metadata)? == Some(Protocol::AwsJson10))
}

/// Returns the trait of a known protocol in Smithy; `version` is that of awsJson.
pub(super) fn smithy_id(protocol: &str, version: Option<&str>) -> Option<String> {
    if protocol == AWS_JSON {
        let version = version.unwrap_or(DEFAULT_JSON_VERSION).replace('.', "_");
        return Some(format!("aws.protocols#awsJson{version}"));
    }
    let known = OTHER_PROTOCOLS.iter().find(|(name, _)| *name == protocol);
    known.map(|(_, protocol)| protocol.trait_id().to_owned())
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
    let others = OTHER_PROTOCOLS.iter().filter(|(_, protocol)| protocol.is_generated());
    let mut supported = format!("`{AWS_JSON}`");
    others.for_each(|(name, _)| supported += &format!(", `{name}`"));
    metadata
        .problem(format!("the service uses {protocols}; the supported protocols are {supported}."))
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
