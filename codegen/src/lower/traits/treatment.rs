//! Decides how each trait of a model is treated, and lists the traits that all protocols treat
//! alike.
//!
//! A trait that is neither in these lists nor in those of the protocol might affect the wire
//! format, so it is an error, or a warning with `--lenient`.

use crate::{
    lower::protocol::{Rules, rules},
    smithy::{PAGE_TOKENS, Protocol},
};

/// How the generator treats a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Treatment {
    /// It affects the generated code.
    Honored,
    /// It does not affect a client of the protocol.
    Irrelevant,
    /// It is an error; the reason completes "the trait ...".
    Refused(&'static str),
    /// It is not in any of the lists.
    Unknown,
}

/// Traits that affect the generated code in every protocol.
const HONORED: &[&str] = &[
    "aws.api#clientDiscoveredEndpoint",
    "aws.api#clientEndpointDiscovery",
    "aws.api#service",
    "aws.auth#sigv4",
    PAGE_TOKENS,
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
    "smithy.api#httpChecksumRequired",
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

/// Traits that do not affect a client of any protocol. `unsignedPayload` allows clients to exclude
/// the body from the signature but does not require it: AWS's own signers sign the body of such
/// operations on unencrypted connections. Authentication schemes are handled in `auth`, which
/// rejects unsupported ones.
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
    "smithy.api#requiresLength",
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

/// Traits that no client can support. The reason completes "the trait ...".
const REFUSED: &[(&str, &str)] = &[
    ("aws.protocols#httpChecksum", CHECKSUM),
    ("smithy.api#eventHeader", EVENTS),
    ("smithy.api#eventPayload", EVENTS),
    ("smithy.api#streaming", STREAM),
];

const CHECKSUM: &str = "requires a checksum header, which generated clients do not support; list \
    only operations that do not need it with --operations";
const EVENTS: &str = "belongs to an event stream, which generated clients do not support; list \
    only operations that do not need it with --operations";
const STREAM: &str = "streams the body, which generated clients do not support; list only \
    operations that do not need it with --operations";

/// Returns the treatment of the trait `id` in a protocol.
pub(crate) fn treatment(id: &str, protocol: &Rules) -> Treatment {
    let refused = REFUSED.iter().find(|(refused, _)| *refused == id);
    let refused = refused.map(|(_, reason)| *reason).or_else(|| protocol.refuses(id));
    if let Some(reason) = refused {
        return Treatment::Refused(reason);
    }
    if HONORED.contains(&id) || protocol.honors(id) || is_protocol(id) {
        return Treatment::Honored;
    }
    if is_irrelevant_everywhere(id) || protocol.ignores(id) {
        return Treatment::Irrelevant;
    }
    Treatment::Unknown
}

/// Returns true if a trait has no effect in a protocol. `None` is a protocol that is not supported.
pub(crate) fn is_irrelevant(id: &str, protocol: Option<Protocol>) -> bool {
    match protocol.and_then(rules) {
        Some(rules) => treatment(id, rules) == Treatment::Irrelevant,
        None => is_irrelevant_everywhere(id),
    }
}

fn is_irrelevant_everywhere(id: &str) -> bool {
    let namespace = id.split_once('#').map_or(id, |(namespace, _)| namespace);
    IRRELEVANT.contains(&id) || IRRELEVANT_NAMESPACES.contains(&namespace)
}

/// Returns true for the trait with which a service states that it supports a protocol.
pub(super) fn is_protocol(id: &str) -> bool {
    Protocol::ALL.iter().any(|protocol| protocol.trait_id() == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smithy::{QUERY_COMPATIBLE, QUERY_ERROR, RESULT_WRAPPER, TARGET_PREFIX};

    fn listed() -> impl Iterator<Item = &'static str> {
        let refused = REFUSED.iter().map(|(id, _)| id);
        HONORED.iter().chain(IRRELEVANT).chain(refused).copied()
    }

    #[test]
    fn every_trait_is_in_one_list_only() {
        let mut all: Vec<_> = listed().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn a_trait_that_protocols_treat_differently_is_only_in_their_lists() {
        for protocol in Protocol::ALL.into_iter().filter_map(rules) {
            let both = |id: &str| {
                protocol.honors(id) || protocol.ignores(id) || protocol.refuses(id).is_some()
            };
            assert_eq!(listed().find(|id| both(id)), None, "{:?}", protocol.protocol);
        }
    }

    #[test]
    fn the_protocol_decides_how_a_trait_is_treated() {
        let rules = |protocol| rules(protocol).expect("a protocol with clients");
        let (json, rest) = (rules(Protocol::AwsJson11), rules(Protocol::RestJson1));
        let query = rules(Protocol::AwsQuery);
        for protocol in [json, rest, query] {
            assert_eq!(treatment("smithy.api#required", protocol), Treatment::Honored);
            assert_eq!(treatment("aws.iam#actionName", protocol), Treatment::Irrelevant);
            assert_eq!(treatment("com.example#frobnicate", protocol), Treatment::Unknown);
            assert_eq!(treatment("aws.iamx#actionName", protocol), Treatment::Unknown);
            assert_eq!(treatment("aws.protocols#restXml", protocol), Treatment::Honored);
            let streaming = treatment("smithy.api#streaming", protocol);
            assert!(matches!(streaming, Treatment::Refused(_)));
        }
        use Treatment::{Honored, Irrelevant};
        let table = [
            ("smithy.api#http", [Irrelevant, Honored, Irrelevant]),
            ("smithy.api#jsonName", [Irrelevant, Honored, Irrelevant]),
            ("smithy.api#xmlName", [Irrelevant, Irrelevant, Honored]),
            (TARGET_PREFIX, [Honored, Irrelevant, Irrelevant]),
            (RESULT_WRAPPER, [Irrelevant, Irrelevant, Honored]),
            (QUERY_ERROR, [Honored, Honored, Honored]),
        ];
        for (id, expected) in table {
            assert_eq!([json, rest, query].map(|rules| treatment(id, rules)), expected, "{id}");
        }
        assert_eq!(treatment(QUERY_COMPATIBLE, json), Honored);
        assert!(matches!(treatment(QUERY_COMPATIBLE, rest), Treatment::Refused(_)));
        assert_eq!(treatment(QUERY_COMPATIBLE, query), Irrelevant);
    }

    #[test]
    fn wire_traits_are_compared_if_the_protocol_is_not_supported() {
        assert!(is_irrelevant("smithy.api#xmlName", Some(Protocol::RestJson1)));
        assert!(!is_irrelevant("smithy.api#xmlName", Some(Protocol::RestXml)));
        assert!(is_irrelevant("smithy.api#cors", Some(Protocol::RestXml)));
    }
}
