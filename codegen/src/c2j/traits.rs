//! Lists all keys of C2J: those that become traits in every protocol, and those that are
//! irrelevant.

use serde_json::{Map, Value, json};

use super::{model::C2jModel, timestamp_format::timestamp_format};
use crate::{
    error::Problem,
    json::{Keys, Node},
    smithy::{Traits, WIRE_NAME},
};

/// The trait that names a member in JSON.
const JSON_NAME: &str = "smithy.api#jsonName";

/// Keys with boolean values, and the trait that `true` stands for.
const FLAGS: [(&str, &str); 13] = [
    ("sensitive", "smithy.api#sensitive"),
    ("idempotencyToken", "smithy.api#idempotencyToken"),
    ("hostLabel", "smithy.api#hostLabel"),
    ("streaming", "smithy.api#streaming"),
    ("eventstream", "smithy.api#streaming"),
    ("eventpayload", "smithy.api#eventPayload"),
    ("eventheader", "smithy.api#eventHeader"),
    ("requiresLength", "smithy.api#requiresLength"),
    ("sparse", "smithy.api#sparse"),
    ("idempotent", "smithy.api#idempotent"),
    ("readonly", "smithy.api#readonly"),
    ("httpChecksumRequired", "smithy.api#httpChecksumRequired"),
    ("unsignedPayload", "aws.auth#unsignedPayload"),
];

/// Keys whose value is the value of a trait.
const VALUES: [(&str, &str); 9] = [
    ("documentation", "smithy.api#documentation"),
    ("pattern", "smithy.api#pattern"),
    ("contextParam", "smithy.rules#contextParam"),
    ("staticContextParams", "smithy.rules#staticContextParams"),
    ("operationContextParams", "smithy.rules#operationContextParams"),
    ("clientContextParams", "smithy.rules#clientContextParams"),
    ("endpoint", "smithy.api#endpoint"),
    ("endpointdiscovery", "aws.api#clientDiscoveredEndpoint"),
    ("httpChecksum", "aws.protocols#httpChecksum"),
];

/// Keys that do not affect the wire format, such as links to documentation. `box` states that a
/// number may be absent, which is true of every member here. Keys for HTTP bindings, XML and forms
/// are irrelevant unless the modules `http` and `xml` have taken them, which depends on the
/// protocol.
const IRRELEVANT: [&str; 20] = [
    "alias",
    "box",
    "documentationUrl",
    "event",
    "exampleDocument",
    "exception",
    "flattened",
    "internal",
    "location",
    "locationName",
    "order",
    "payload",
    "queryName",
    "resultWrapper",
    "synthetic",
    "tags",
    "wrapper",
    "xmlAttribute",
    "xmlNamespace",
    "xmlOrder",
];

/// Takes every key that becomes a trait, and drops irrelevant keys.
pub(super) fn take_traits(keys: &mut Keys<'_>) -> Result<Traits, Problem> {
    let mut traits = Traits::default();
    for (key, id) in FLAGS {
        if keys.take(key).map(Node::boolean).transpose()?.unwrap_or(false) {
            traits.0.insert(id.to_owned(), json!({}));
        }
    }
    for (key, id) in VALUES {
        if let Some(node) = keys.take(key) {
            traits.0.insert(id.to_owned(), node.value()?);
        }
    }
    if keys.take("jsonvalue").map(Node::boolean).transpose()?.unwrap_or(false) {
        traits.0.insert("smithy.api#mediaType".to_owned(), json!("application/json"));
    }
    if let Some(node) = keys.take("requestcompression") {
        traits.0.insert("smithy.api#requestCompression".to_owned(), node.value()?);
    }
    if let Some(node) = keys.take("retryable") {
        traits.0.insert("smithy.api#retryable".to_owned(), retryable(node.value()?));
    }
    if let Some(node) = keys.take("timestampFormat") {
        traits.0.insert("smithy.api#timestampFormat".to_owned(), timestamp_format(node)?);
    }
    take_deprecated(keys, &mut traits)?;
    keys.ignore(&IRRELEVANT);
    Ok(traits)
}

fn take_deprecated(keys: &mut Keys<'_>, traits: &mut Traits) -> Result<(), Problem> {
    let deprecated = keys.take("deprecated").map(Node::boolean).transpose()?.unwrap_or(false);
    let mut value = Map::new();
    for (key, name) in [("deprecatedMessage", "message"), ("deprecatedSince", "since")] {
        if let Some(node) = keys.take(key) {
            value.insert(name.to_owned(), node.value()?);
        }
    }
    if deprecated {
        traits.0.insert("smithy.api#deprecated".to_owned(), Value::Object(value));
    }
    Ok(())
}

fn retryable(value: Value) -> Value {
    if value["throttling"] == json!(true) { json!({"throttling": true}) } else { json!({}) }
}

/// `min` and `max` as the bounds of a length or of a number.
pub(super) fn take_bounds(keys: &mut Keys<'_>, number: bool) -> Result<Traits, Problem> {
    let mut bounds = Map::new();
    for key in ["min", "max"] {
        if let Some(node) = keys.take(key) {
            bounds.insert(key.to_owned(), node.value()?);
        }
    }
    let id = if number { "smithy.api#range" } else { "smithy.api#length" };
    let bounds = (!bounds.is_empty()).then(|| (id.to_owned(), Value::Object(bounds)));
    Ok(Traits(bounds.into_iter().collect()))
}

impl C2jModel<'_> {
    /// Takes the keys that determine the name and the location of a member on the wire. If a member
    /// has a location, its `locationName` is not a name in the body.
    pub(super) fn take_wire_name(
        &self,
        (name, node): (&str, Node<'_>),
        keys: &mut Keys<'_>,
    ) -> Result<Traits, Problem> {
        let location = keys.take("location");
        let location_name = keys.take("locationName").map(Node::string).transpose()?;
        if let Some(binding) = self.binding(location, location_name.as_deref(), (name, node))? {
            return Ok(Traits([binding].into()));
        }
        let Some(protocol) = self.protocol else { return Ok(Traits::default()) };
        if protocol.uses_xml() {
            return self.take_member_xml((name, node), keys, location_name);
        }
        let id = if protocol.binds_http() { JSON_NAME } else { WIRE_NAME };
        let wire = location_name.filter(|wire| location.is_none() && wire != name);
        Ok(Traits(wire.map(|wire| (id.to_owned(), json!(wire))).into_iter().collect()))
    }
}
