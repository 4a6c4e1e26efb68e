//! Lists all known traits: those that are honored, those that can be ignored, and those that are
//! not supported.
//!
//! A trait that is not listed might affect the wire format, so it is an error, or a warning with
//! `--lenient`.

use crate::{
    lower::protocol::{Rules, rules},
    smithy::{PAGE_TOKENS, Protocol, RESULT_WRAPPER, TARGET_PREFIX},
};

/// How the generator treats a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Treatment {
    /// It affects the generated code.
    Honored,
    /// It does not affect a client of the protocol.
    Irrelevant,
    /// It affects the wire format and is not supported; the text describes its effect.
    Unsupported(&'static str),
    /// It is not in any of the lists.
    Unknown,
}

/// Traits that affect the generated code in every protocol. The modules of `lower::protocol` list
/// those that affect only one of them.
const HONORED: &[&str] = &[
    "aws.api#clientDiscoveredEndpoint",
    "aws.api#clientEndpointDiscovery",
    "aws.api#service",
    "aws.auth#sigv4",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQueryError",
    PAGE_TOKENS,
    TARGET_PREFIX,
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

/// Traits that do not affect a client, unless the protocol honors them. `unsignedPayload` allows
/// clients to exclude the body from the signature but does not require it: AWS's own signers sign
/// the body of such operations on unencrypted connections. Authentication schemes are handled in
/// `auth`, which rejects unsupported ones.
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
    "aws.customizations#s3UnwrappedXmlOutput",
    "aws.protocols#ec2QueryName",
    RESULT_WRAPPER,
    "smithy.api#addedDefault",
    "smithy.api#authDefinition",
    "smithy.api#cors",
    "smithy.api#enum",
    // Shown with the operation if it fits the request; an invalid one has no effect.
    "smithy.api#examples",
    "smithy.api#externalDocumentation",
    "smithy.api#http",
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpDigestAuth",
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
    "smithy.api#idempotent",
    "smithy.api#idRef",
    "smithy.api#internal",
    "smithy.api#jsonName",
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
    "smithy.api#xmlAttribute",
    "smithy.api#xmlFlattened",
    "smithy.api#xmlName",
    "smithy.api#xmlNamespace",
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
    ("aws.protocols#httpChecksum", "requires a checksum header"),
];

/// Returns the treatment of the trait `id` in a protocol.
pub(crate) fn treatment(id: &str, protocol: &Rules) -> Treatment {
    if HONORED.contains(&id) || protocol.honors(id) {
        return Treatment::Honored;
    }
    if let Some((_, effect)) = UNSUPPORTED.iter().find(|(unsupported, _)| *unsupported == id) {
        return Treatment::Unsupported(effect);
    }
    if is_listed_as_irrelevant(id) {
        return Treatment::Irrelevant;
    }
    Treatment::Unknown
}

/// Returns true if a trait has no effect in the protocol.
pub(crate) fn is_irrelevant(id: &str, protocol: Option<Protocol>) -> bool {
    match protocol.and_then(rules) {
        Some(rules) => treatment(id, rules) == Treatment::Irrelevant,
        None => is_listed_as_irrelevant(id),
    }
}

fn is_listed_as_irrelevant(id: &str) -> bool {
    let namespace = id.split_once('#').map_or(id, |(namespace, _)| namespace);
    IRRELEVANT.contains(&id) || IRRELEVANT_NAMESPACES.contains(&namespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trait_is_in_one_list_only() {
        let unsupported = UNSUPPORTED.iter().map(|(id, _)| *id);
        let mut all: Vec<_> =
            HONORED.iter().chain(IRRELEVANT).copied().chain(unsupported).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn the_protocol_decides_whether_a_trait_is_honored() {
        let rules = |protocol| rules(protocol).expect("a protocol with clients");
        let (json, rest) = (rules(Protocol::AwsJson11), rules(Protocol::RestJson1));
        for protocol in [json, rest] {
            assert_eq!(treatment("smithy.api#required", protocol), Treatment::Honored);
            assert_eq!(treatment("aws.iam#actionName", protocol), Treatment::Irrelevant);
            assert_eq!(treatment("com.example#frobnicate", protocol), Treatment::Unknown);
            assert_eq!(treatment("aws.iamx#actionName", protocol), Treatment::Unknown);
            let streaming = treatment("smithy.api#streaming", protocol);
            assert!(matches!(streaming, Treatment::Unsupported(_)));
        }
        assert_eq!(treatment("smithy.api#http", json), Treatment::Irrelevant);
        assert_eq!(treatment("smithy.api#http", rest), Treatment::Honored);
        assert_eq!(treatment("smithy.api#jsonName", json), Treatment::Irrelevant);
    }
}
