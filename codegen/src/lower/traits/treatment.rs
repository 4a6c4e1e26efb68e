//! The traits a model may carry, each with what becomes of it: the one list of what is honoured,
//! what may be ignored, and therefore what is refused.
//!
//! A trait that is in neither list might change the wire, so it is an error; `--lenient` makes a
//! warning of it.

use crate::smithy::{TARGET_PREFIX, WIRE_NAME};

/// What the generator does about a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Treatment {
    /// It shapes the output.
    Honoured,
    /// It says nothing that an awsJson client could do differently.
    Irrelevant,
    /// It changes the wire, and the generator has no code for it; the text says what it does.
    Unsupported(&'static str),
    /// Nobody here has heard of it.
    Unknown,
}

/// Traits that shape the output.
const HONOURED: &[&str] = &[
    "aws.api#clientDiscoveredEndpoint",
    "aws.api#clientEndpointDiscovery",
    "aws.api#service",
    "aws.auth#sigv4",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQueryCompatible",
    "aws.protocols#awsQueryError",
    TARGET_PREFIX,
    WIRE_NAME,
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

/// Traits of shapes and members that leave an awsJson client as it is. The `http` bindings are
/// among them because the awsJson protocols ignore them (Smithy specification, "AWS JSON 1.0 and
/// 1.1 protocols", "Protocol behaviors"). `unsignedPayload` is, because it lets a client leave the
/// body out of a signature and does not ask for it: AWS's own signers sign the body of such an
/// operation where the connection is not encrypted. Which of the ways to authenticate is taken is
/// decided in `auth`, where one that clients do not have is refused.
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
    "smithy.api#addedDefault",
    "smithy.api#authDefinition",
    "smithy.api#cors",
    "smithy.api#enum",
    // Shown with the operation where it suits the request; a wrong one changes nothing.
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

/// Namespaces whose traits are about something else than the wire: infrastructure templates,
/// permissions, tests.
const IRRELEVANT_NAMESPACES: &[&str] = &[
    "aws.cloudformation",
    "aws.endpoints",
    "aws.iam",
    "aws.test",
    "smithy.openapi",
    "smithy.test",
];

/// Traits that change what is sent or how an answer is read, and for which there is no code.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("smithy.api#eventHeader", "belongs to an event stream"),
    ("smithy.api#eventPayload", "belongs to an event stream"),
    ("smithy.api#httpChecksumRequired", "asks for a checksum header"),
    ("smithy.api#streaming", "streams the body"),
    ("aws.protocols#httpChecksum", "asks for a checksum header"),
];

/// What becomes of the trait `id`.
pub(crate) fn treatment(id: &str) -> Treatment {
    if HONOURED.contains(&id) {
        return Treatment::Honoured;
    }
    if let Some((_, effect)) = UNSUPPORTED.iter().find(|(unsupported, _)| *unsupported == id) {
        return Treatment::Unsupported(effect);
    }
    let namespace = id.split_once('#').map_or(id, |(namespace, _)| namespace);
    if IRRELEVANT.contains(&id) || IRRELEVANT_NAMESPACES.contains(&namespace) {
        return Treatment::Irrelevant;
    }
    Treatment::Unknown
}

/// Whether a trait is in the list of those that change nothing.
pub(crate) fn is_irrelevant(id: &str) -> bool {
    treatment(id) == Treatment::Irrelevant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trait_is_in_one_list_only() {
        let unsupported = UNSUPPORTED.iter().map(|(id, _)| *id);
        let mut all: Vec<_> =
            HONOURED.iter().chain(IRRELEVANT).copied().chain(unsupported).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn a_trait_nobody_has_heard_of_is_unknown() {
        assert_eq!(treatment("smithy.api#required"), Treatment::Honoured);
        assert_eq!(treatment("smithy.api#http"), Treatment::Irrelevant);
        assert_eq!(treatment("aws.iam#actionName"), Treatment::Irrelevant);
        assert!(matches!(treatment("smithy.api#streaming"), Treatment::Unsupported(_)));
        assert_eq!(treatment("com.example#frobnicate"), Treatment::Unknown);
        assert_eq!(treatment("aws.iamx#actionName"), Treatment::Unknown);
    }
}
