//! Translates the `metadata` of a C2J model to the service shape.

use serde_json::json;

use super::{
    model::C2jModel,
    protocol::{DEFAULT_JSON_VERSION, protocols, smithy_id, unsupported_protocol, uses_aws_json},
    service_name::{name, target_prefix},
    traits::take_traits,
};
use crate::{
    error::Problem,
    json::{Keys, Node},
    smithy::{Kind, Note, QUERY_COMPATIBLE, ServiceShape, Shape, ShapeId, TARGET_PREFIX, Traits},
};

/// The scheme that means "no authentication".
pub(super) const NO_AUTH: &str = "smithy.api#noAuth";

/// Metadata that repeats what other keys or the endpoint rules state.
const IRRELEVANT: [&str; 7] = [
    "checksumFormat",
    "globalEndpoint",
    "protocolSettings",
    "ripServiceName",
    "serviceAbbreviation",
    "uid",
    "documentationUrl",
];

/// Returns a note if nothing in the model states the hosts of the service.
pub(super) fn note_guessed_hosts(
    metadata: Node<'_>,
    rules: Option<Node<'_>>,
) -> Result<Option<Note>, Problem> {
    let known = rules.is_some() || metadata.field("endpointPrefix")?.is_some();
    Ok((!known).then_some(Note::GuessedHosts))
}

impl C2jModel<'_> {
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
        traits.0.extend(self.service_namespace(&mut keys)?.0);
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
        let kind = Kind::Service(ServiceShape { version, operations, ..ServiceShape::default() });
        Ok((id, Shape { kind, traits, position: self.metadata.position() }))
    }

    /// Returns the operation that returns the endpoints for other operations.
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
        if let Some(other) =
            version.filter(|version| !matches!(*version, DEFAULT_JSON_VERSION | "1.1"))
            && uses_aws_json(self.metadata)?
        {
            let what = format!("the service uses awsJson {other}; only 1.0 and 1.1 are supported.");
            return Err(self.metadata.problem(what));
        }
        for protocol in protocols(self.metadata)? {
            match smithy_id(&protocol, version) {
                Some(id) => drop(traits.0.insert(id, json!({}))),
                None if self.protocol.is_some() => {}
                None => return Err(unsupported_protocol(self.metadata)),
            }
        }
        // Each timestamp states its own format.
        keys.ignore(&["protocol", "protocols", "timestampFormat"]);
        if keys.take("awsQueryCompatible").is_some() {
            traits.0.insert(QUERY_COMPATIBLE.to_owned(), json!({}));
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
        // By default the name in hosts and in signatures is the last part of the namespace, which
        // contains only characters that are valid in both.
        let short_name = || self.namespace.trim_start_matches("com.amazonaws.").to_owned();
        let endpoint_prefix = endpoint_prefix.unwrap_or_else(short_name);
        let signing_name = signing_name.unwrap_or_else(|| endpoint_prefix.clone());
        let service = json!({"sdkId": sdk_id, "endpointPrefix": endpoint_prefix});
        traits.0.insert("aws.api#service".to_owned(), service);
        self.add_auth(keys, &signing_name, traits)
    }

    /// Adds the authentication schemes of the service, the preferred one first.
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

    /// Returns the scheme of a `signatureVersion`, which models without `auth` have. The scheme is
    /// irrelevant if no client can be generated for the protocol.
    fn scheme(&self, version: Option<Node<'_>>) -> Result<&'static str, Problem> {
        let Some(version) = version.filter(|_| self.is_generated()) else {
            return Ok("aws.auth#sigv4");
        };
        match version.string()?.as_str() {
            "v4" => Ok("aws.auth#sigv4"),
            "v4a" => Ok("aws.auth#sigv4a"),
            "bearer" => Ok("smithy.api#httpBearerAuth"),
            "none" => Ok(NO_AUTH),
            "v2" => Err(version.problem(
                "the service signs with Signature Version 2, which generated clients do not support; \
                    they sign with Signature Version 4 (`v4`).",
            )),
            other => Err(version.problem(format!(
                "unknown signature version `{other}`; generated clients sign with Signature Version 4 \
                    (`v4`)."
            ))),
        }
    }
}
