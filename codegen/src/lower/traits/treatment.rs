//! Lists the traits that mean the same in all protocols: those that are honored, those that can be
//! ignored, and those that are not supported. Each protocol lists the others.
//!
//! A trait that is not listed might affect the wire format, so it is an error, or a warning with
//! `--lenient`.

use crate::{lower::protocol::Protocol, smithy};

/// How the generator treats a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Treatment {
    /// It affects the generated code.
    Honored,
    /// It does not affect clients.
    Irrelevant,
    /// It affects the wire format and is not supported; the text describes its effect.
    Unsupported(&'static str),
    /// It is not in any of the lists.
    Unknown,
}

/// Traits that affect the generated code.
const HONORED: &[&str] = &[
    "aws.api#clientDiscoveredEndpoint",
    "aws.api#clientEndpointDiscovery",
    "aws.api#service",
    "aws.auth#sigv4",
    "smithy.api#auth",
    "smithy.api#box",
    "smithy.api#clientOptional",
    "smithy.api#default",
    "smithy.api#deprecated",
    "smithy.api#documentation",
    "smithy.api#endpoint",
    "smithy.api#enumValue",
    "smithy.api#error",
    "smithy.api#hostLabel",
    "smithy.api#httpError",
    "smithy.api#idempotencyToken",
    "smithy.api#input",
    "smithy.api#length",
    "smithy.api#mediaType",
    "smithy.api#optionalAuth",
    "smithy.api#paginated",
    "smithy.api#pattern",
    "smithy.api#range",
    "smithy.api#requestCompression",
    "smithy.api#required",
    "smithy.api#retryable",
    "smithy.api#sensitive",
    "smithy.api#sparse",
    "smithy.api#timestampFormat",
    "smithy.api#title",
    "smithy.api#uniqueItems",
    "smithy.rules#clientContextParams",
    "smithy.rules#contextParam",
    "smithy.rules#endpointBdd",
    "smithy.rules#endpointRuleSet",
    "smithy.rules#endpointTests",
    "smithy.rules#operationContextParams",
    "smithy.rules#staticContextParams",
    "smithy.waiters#waitable",
];

/// Traits that do not affect clients. `unsignedPayload` allows clients to exclude the body from the signature but does
/// not require it: AWS's own signers sign the body of such operations on unencrypted connections.
/// Authentication schemes are handled in `auth`, which rejects unsupported ones.
const IRRELEVANT: &[&str] = &[
    "aws.api#arn",
    "aws.api#arnReference",
    "aws.api#clientEndpointDiscoveryId",
    "aws.api#controlPlane",
    "aws.api#data",
    "aws.api#dataPlane",
    "aws.api#tagEnabled",
    "aws.api#taggable",
    "aws.auth#cognitoUserPools",
    "aws.auth#sigv4a",
    "aws.auth#unsignedPayload",
    "smithy.api#addedDefault",
    "smithy.api#authDefinition",
    "smithy.api#cors",
    "smithy.api#enum",
    // Shown with the operation if it fits the request; an invalid one has no effect.
    "smithy.api#examples",
    "smithy.api#externalDocumentation",
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpDigestAuth",
    "smithy.api#idempotent",
    "smithy.api#idRef",
    "smithy.api#internal",
    "smithy.api#mixin",
    "smithy.api#nestedProperties",
    "smithy.api#noAuth",
    "smithy.api#noReplace",
    "smithy.api#notProperty",
    "smithy.api#output",
    "smithy.api#private",
    "smithy.api#property",
    "smithy.api#protocolDefinition",
    "smithy.api#readonly",
    "smithy.api#recommended",
    "smithy.api#references",
    "smithy.api#resourceIdentifier",
    "smithy.api#since",
    "smithy.api#suppress",
    "smithy.api#tags",
    "smithy.api#trait",
    "smithy.api#traitValidators",
    "smithy.api#unitType",
    "smithy.api#unordered",
    "smithy.api#unstable",
];

/// Namespaces of traits that do not concern the wire format: infrastructure templates, permissions,
/// tests.
const IRRELEVANT_NAMESPACES: &[&str] = &[
    "aws.cloudformation",
    "aws.endpoints",
    "aws.iam",
    "aws.test",
    "smithy.openapi",
    "smithy.test",
];

/// Unsupported traits that affect requests or responses.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("smithy.api#eventHeader", "belongs to an event stream"),
    ("smithy.api#eventPayload", "belongs to an event stream"),
    ("smithy.api#streaming", "streams the body"),
];

/// Returns the treatment of the trait `id` in a protocol.
pub(super) fn treatment(protocol: &Protocol, id: &str) -> Treatment {
    let unsupported = |list: &[(&str, &'static str)]| {
        list.iter().find(|(unsupported, _)| *unsupported == id).map(|(_, effect)| *effect)
    };
    if HONORED.contains(&id) || protocol.honored.contains(&id) {
        return Treatment::Honored;
    }
    if let Some(effect) = unsupported(UNSUPPORTED).or_else(|| unsupported(protocol.unsupported)) {
        return Treatment::Unsupported(effect);
    }
    match is_irrelevant_in_all(id) || protocol.ignored.contains(&id) {
        true => Treatment::Irrelevant,
        false => Treatment::Unknown,
    }
}

fn is_irrelevant_in_all(id: &str) -> bool {
    let namespace = id.split_once('#').map_or(id, |(namespace, _)| namespace);
    IRRELEVANT.contains(&id) || IRRELEVANT_NAMESPACES.contains(&namespace)
}

/// Returns true if a trait has no effect in a protocol. If clients cannot be generated for it, all
/// traits of wire formats may have an effect.
pub(crate) fn is_irrelevant(protocol: Option<smithy::Protocol>, id: &str) -> bool {
    match protocol.and_then(Protocol::of) {
        Some(rules) => treatment(rules, id) == Treatment::Irrelevant,
        None => is_irrelevant_in_all(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::protocol::is_wire_trait;

    #[test]
    fn every_trait_is_in_one_list_only() {
        let unsupported = UNSUPPORTED.iter().map(|(id, _)| *id);
        let mut all: Vec<_> =
            HONORED.iter().chain(IRRELEVANT).copied().chain(unsupported).collect();
        assert!(!all.iter().any(|id| is_wire_trait(id)));
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn an_unlisted_trait_is_unknown() {
        let protocol = Protocol::of(smithy::Protocol::AwsJson11).unwrap();
        let treatment = |id| treatment(protocol, id);
        assert_eq!(treatment("smithy.api#required"), Treatment::Honored);
        assert_eq!(treatment("smithy.api#http"), Treatment::Irrelevant);
        assert_eq!(treatment("aws.iam#actionName"), Treatment::Irrelevant);
        assert!(matches!(treatment("smithy.api#streaming"), Treatment::Unsupported(_)));
        assert_eq!(treatment("com.example#frobnicate"), Treatment::Unknown);
        assert_eq!(treatment("aws.iamx#actionName"), Treatment::Unknown);
    }
}
