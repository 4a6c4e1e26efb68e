//! The `metadata` of a C2J model to the service shape.

use serde_json::json;

use super::{Context, traits::take_traits};
use crate::{
    error::Problem,
    json::{Keys, Node},
    smithy::{Kind, Service, Shape, ShapeId, TARGET_PREFIX, Traits, is_identifier},
};

/// The scheme that is none.
pub(super) const NO_AUTH: &str = "smithy.api#noAuth";

/// What C2J calls the awsJson protocols.
const AWS_JSON: &str = "json";

/// The version of awsJson where the metadata names none.
const OLDEST: &str = "1.0";

/// Metadata that says nothing beyond what other keys or the endpoint rules say.
const IRRELEVANT: [&str; 8] = [
    "checksumFormat",
    "globalEndpoint",
    "protocolSettings",
    "ripServiceName",
    "serviceAbbreviation",
    "uid",
    "xmlNamespace",
    "documentationUrl",
];

/// The protocols besides awsJson, and the traits that they are in Smithy.
const OTHER_PROTOCOLS: [(&str, &str); 5] = [
    ("rest-json", "aws.protocols#restJson1"),
    ("rest-xml", "aws.protocols#restXml"),
    ("query", "aws.protocols#awsQuery"),
    ("ec2", "aws.protocols#ec2Query"),
    ("smithy-rpc-v2-cbor", "smithy.protocols#rpcv2Cbor"),
];

/// What stands before the dot in `X-Amz-Target`; a service that speaks awsJson must have it.
fn target_prefix(metadata: Node<'_>) -> Result<Option<String>, Problem> {
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
fn smithy_id(protocol: &str, version: Option<&str>) -> Option<String> {
    if protocol == AWS_JSON {
        let version = version.unwrap_or(OLDEST).replace('.', "_");
        return Some(format!("aws.protocols#awsJson{version}"));
    }
    let known = OTHER_PROTOCOLS.iter().find(|(name, _)| *name == protocol);
    known.map(|(_, id)| (*id).to_owned())
}

/// A protocol as Smithy calls it, without its namespace; one that is not known keeps its name.
pub(super) fn smithy_name(protocol: &str, version: Option<&str>) -> String {
    let id = smithy_id(protocol, version);
    let name = id.as_deref().and_then(|id| id.split_once('#')).map(|(_, name)| name);
    name.unwrap_or(protocol).to_owned()
}

/// What is to be known of the hosts of a service of which nothing says where it is.
pub(super) fn guess(
    metadata: Node<'_>,
    rules: Option<Node<'_>>,
) -> Result<Option<String>, Problem> {
    let known = rules.is_some() || metadata.field("endpointPrefix")?.is_some();
    Ok((!known).then(|| {
        "the model has neither `endpointPrefix` nor endpoint rules, so the hosts of the service \
         are a guess from its name: configure an endpoint."
            .to_owned()
    }))
}

/// That the service speaks no protocol that is generated.
pub(super) fn foreign(metadata: Node<'_>) -> Problem {
    let protocols = protocols(metadata).unwrap_or_default().join(", ");
    metadata.problem(format!(
        "the service speaks {protocols}; only awsJson 1.0 and 1.1 are generated, which C2J calls \
         `{AWS_JSON}`."
    ))
}

impl Context<'_> {
    /// The service shape.
    pub(super) fn service_shape(
        &self,
        mut root: Keys<'_>,
        (rules, tests): (Option<Node<'_>>, Option<Node<'_>>),
    ) -> Result<(ShapeId, Shape), Problem> {
        let mut keys = Keys::of(self.metadata)?;
        let id = self.id(&name(self.metadata)?, self.metadata)?;
        let mut traits = take_traits(&mut root)?;
        root.ignore(&["version", "examples"]);
        root.finish()?;
        self.add_protocols(&mut keys, &mut traits)?;
        self.add_identity(&mut keys, &mut traits)?;
        if let Some(id) = self.discovery()? {
            let value = json!({"operation": id.as_str()});
            traits.0.insert("aws.api#clientEndpointDiscovery".to_owned(), value);
        }
        let files = [
            ("smithy.rules#endpointRuleSet", rules),
            ("smithy.rules#endpointTests", tests.filter(|_| rules.is_some())),
        ];
        for (id, file) in files {
            let value = file.map(Node::value).transpose()?;
            traits.0.extend(value.map(|value| (id.to_owned(), value)));
        }
        let version = keys.take("apiVersion").map(Node::string).transpose()?.unwrap_or_default();
        keys.ignore(&IRRELEVANT);
        keys.finish()?;
        let names = self.operations.iter();
        let operations =
            names.map(|(name, node)| self.id(name, *node)).collect::<Result<_, _>>()?;
        let kind = Kind::Service(Service { version, operations, ..Service::default() });
        Ok((id, Shape { kind, traits, position: self.metadata.position() }))
    }

    /// The operation that names the endpoints of others.
    fn discovery(&self) -> Result<Option<ShapeId>, Problem> {
        for (name, node) in &self.operations {
            let flag = node.field("endpointoperation")?.map(Node::boolean).transpose()?;
            if flag == Some(true) {
                return self.id(name, *node).map(Some);
            }
        }
        Ok(None)
    }

    fn add_protocols(&self, keys: &mut Keys<'_>, traits: &mut Traits) -> Result<(), Problem> {
        let version = keys.take("jsonVersion").map(Node::string).transpose()?;
        let version = version.as_deref();
        if let Some(other) = version.filter(|version| !matches!(*version, OLDEST | "1.1"))
            && self.aws_json
        {
            let what =
                format!("the service speaks awsJson {other}; only 1.0 and 1.1 are generated.");
            return Err(self.metadata.problem(what));
        }
        for protocol in protocols(self.metadata)? {
            match smithy_id(&protocol, version) {
                Some(id) => drop(traits.0.insert(id, json!({}))),
                None if self.aws_json => {}
                None => return Err(foreign(self.metadata)),
            }
        }
        // What timestamps look like is said of each.
        keys.ignore(&["protocol", "protocols", "timestampFormat"]);
        if keys.take("awsQueryCompatible").is_some() {
            traits.0.insert("aws.protocols#awsQueryCompatible".to_owned(), json!({}));
        }
        if let Some(prefix) = target_prefix(self.metadata)?
            && prefix != name(self.metadata)?
        {
            traits.0.insert(TARGET_PREFIX.to_owned(), json!(prefix));
        }
        Ok(())
    }

    fn add_identity(&self, keys: &mut Keys<'_>, traits: &mut Traits) -> Result<(), Problem> {
        let mut take = |key| keys.take(key).map(Node::string).transpose();
        let sdk_id = take("serviceId")?;
        let endpoint_prefix = take("endpointPrefix")?;
        let signing_name = take("signingName")?;
        let title = take("serviceFullName")?.or_else(|| sdk_id.clone());
        take("targetPrefix")?;
        if let Some(title) = title {
            traits.0.insert("smithy.api#title".to_owned(), json!(title));
        }
        let sdk_id = sdk_id.map_or_else(|| name(self.metadata), Ok)?;
        // Where nothing else is said, the service is called in hosts and in signatures as its
        // namespace is, which is made of letters that both can have.
        let short_name = || self.namespace.trim_start_matches("com.amazonaws.").to_owned();
        let endpoint_prefix = endpoint_prefix.unwrap_or_else(short_name);
        let signing_name = signing_name.unwrap_or_else(|| endpoint_prefix.clone());
        let service = json!({"sdkId": sdk_id, "endpointPrefix": endpoint_prefix});
        traits.0.insert("aws.api#service".to_owned(), service);
        self.add_auth(keys, &signing_name, traits)
    }

    /// How the service authenticates: its schemes, the most wanted first.
    fn add_auth(
        &self,
        keys: &mut Keys<'_>,
        signing_name: &str,
        traits: &mut Traits,
    ) -> Result<(), Problem> {
        let version = keys.take("signatureVersion");
        let schemes = match keys.take("auth") {
            Some(node) => {
                node.elements()?.into_iter().map(Node::string).collect::<Result<_, _>>()?
            }
            None => vec![self.scheme(version)?.to_owned()],
        };
        if schemes == [NO_AUTH] {
            traits.0.insert("smithy.api#auth".to_owned(), json!([]));
            return Ok(());
        }
        for scheme in &schemes {
            let signs = scheme == "aws.auth#sigv4" || scheme == "aws.auth#sigv4a";
            let value = if signs { json!({"name": signing_name}) } else { json!({}) };
            traits.0.insert(scheme.clone(), value);
        }
        if schemes.len() > 1 {
            traits.0.insert("smithy.api#auth".to_owned(), json!(schemes));
        }
        Ok(())
    }

    /// The scheme of a `signatureVersion`, which says it in models that have no `auth`. What other
    /// protocols have besides is nobody's business here.
    fn scheme(&self, version: Option<Node<'_>>) -> Result<&'static str, Problem> {
        let Some(version) = version.filter(|_| self.aws_json) else { return Ok("aws.auth#sigv4") };
        match version.string()?.as_str() {
            "v4" => Ok("aws.auth#sigv4"),
            "v4a" => Ok("aws.auth#sigv4a"),
            "bearer" => Ok("smithy.api#httpBearerAuth"),
            "none" => Ok(NO_AUTH),
            other => Err(version.problem(format!(
                "signatures of the version `{other}` are not known here. Use a service that takes \
                 `v4`."
            ))),
        }
    }
}
