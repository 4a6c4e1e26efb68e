//! The `metadata` of a C2J model to the service shape.

use serde_json::{Map, Value, json};

use super::{Context, traits::take_traits};
use crate::{
    error::Problem,
    read::json::{Keys, Node},
    smithy::{Kind, Service, Shape, ShapeId, Traits},
};

/// Metadata that says nothing beyond what other keys or the endpoint rules say.
const IRRELEVANT: [&str; 9] = [
    "checksumFormat",
    "globalEndpoint",
    "protocolSettings",
    "ripServiceName",
    "serviceAbbreviation",
    "signatureVersion",
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

/// The name of the service shape, which is what stands before the dot in `X-Amz-Target`.
pub(super) fn name(metadata: Node<'_>) -> Result<String, Problem> {
    let speaks_json = protocols(metadata)?.iter().any(|protocol| protocol == "json");
    if speaks_json && metadata.field("targetPrefix")?.is_none() {
        return Err(metadata.problem(
            "the service speaks awsJson and has no `targetPrefix`, which every request needs. \
             Add it.",
        ));
    }
    for key in ["targetPrefix", "serviceId", "endpointPrefix"] {
        if let Some(node) = metadata.field(key)? {
            let name = node.string()?;
            // Only awsJson has a target prefix; where there is none, the name is free.
            return Ok(if key == "targetPrefix" { name } else { plain(&name) });
        }
    }
    Err(metadata.problem("the service has neither `targetPrefix` nor `serviceId`. Add them."))
}

fn plain(name: &str) -> String {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{letters}Service")
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

/// A protocol as Smithy calls it, without its namespace; one that is not known keeps its name.
pub(super) fn smithy_name(protocol: &str, version: Option<&str>) -> String {
    if protocol == "json" {
        return format!("awsJson{}", version.unwrap_or("1.0").replace('.', "_"));
    }
    let known = OTHER_PROTOCOLS.iter().find(|(name, _)| *name == protocol);
    let id = known.and_then(|(_, id)| id.split_once('#'));
    id.map_or(protocol, |(_, name)| name).to_owned()
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

    fn add_protocols(&self, keys: &mut Keys<'_>, traits: &mut Traits) -> Result<(), Problem> {
        let version = keys.take("jsonVersion").map(Node::string).transpose()?;
        let version = version.as_deref().unwrap_or("1.0");
        for protocol in protocols(self.metadata)? {
            let id = match protocol.as_str() {
                "json" => match version {
                    "1.0" => "aws.protocols#awsJson1_0",
                    "1.1" => "aws.protocols#awsJson1_1",
                    _ => {
                        let what = format!(
                            "there is no awsJson version `{version}`. Use a service of 1.0 or 1.1."
                        );
                        return Err(self.metadata.problem(what));
                    }
                },
                name => match OTHER_PROTOCOLS.iter().find(|(known, _)| *known == name) {
                    Some((_, id)) => id,
                    None => {
                        let what = format!("the protocol `{name}` is not known here.");
                        return Err(self.metadata.problem(what));
                    }
                },
            };
            traits.0.insert(id.to_owned(), json!({}));
        }
        keys.ignore(&["protocol", "protocols"]);
        if keys.take("awsQueryCompatible").is_some() {
            traits.0.insert("aws.protocols#awsQueryCompatible".to_owned(), json!({}));
        }
        match keys.take("timestampFormat") {
            Some(node) if node.string()? != "unixTimestamp" => Err(node.problem(
                "a timestamp format for the whole service is not supported. Say it where the \
                 timestamps are.",
            )),
            _ => Ok(()),
        }
    }

    fn add_identity(&self, keys: &mut Keys<'_>, traits: &mut Traits) -> Result<(), Problem> {
        let mut take = |key| keys.take(key).map(Node::string).transpose();
        let sdk_id = take("serviceId")?;
        let endpoint_prefix = take("endpointPrefix")?;
        let signing_name = take("signingName")?.or_else(|| endpoint_prefix.clone());
        let title = take("serviceFullName")?.or_else(|| sdk_id.clone());
        take("targetPrefix")?;
        let mut service = Map::new();
        for (key, value) in [("sdkId", sdk_id), ("endpointPrefix", endpoint_prefix)] {
            service.extend(value.map(|value| (key.to_owned(), json!(value))));
        }
        if !service.is_empty() {
            traits.0.insert("aws.api#service".to_owned(), Value::Object(service));
        }
        if let Some(title) = title {
            traits.0.insert("smithy.api#title".to_owned(), json!(title));
        }
        let schemes = match keys.take("auth") {
            Some(node) => {
                node.elements()?.into_iter().map(Node::string).collect::<Result<_, _>>()?
            }
            None => vec!["aws.auth#sigv4".to_owned()],
        };
        for scheme in &schemes {
            let signs = scheme == "aws.auth#sigv4" || scheme == "aws.auth#sigv4a";
            let value = match &signing_name {
                Some(name) if signs => json!({"name": name}),
                None if signs => continue,
                _ => json!({}),
            };
            traits.0.insert(scheme.clone(), value);
        }
        if schemes.len() > 1 {
            traits.0.insert("smithy.api#auth".to_owned(), json!(schemes));
        }
        Ok(())
    }
}
