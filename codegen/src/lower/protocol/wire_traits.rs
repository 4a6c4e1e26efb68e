//! Lists the traits whose meaning depends on the protocol.

use crate::smithy::{RESULT_WRAPPER, TARGET_PREFIX, WIRE_NAME};

/// The traits whose meaning depends on the protocol, sorted. Each protocol decides on all of them.
pub(super) const WIRE_TRAITS: [&str; 23] = [
    "aws.customizations#s3UnwrappedXmlOutput",
    "aws.protocols#awsQueryCompatible",
    "aws.protocols#awsQueryError",
    "aws.protocols#ec2QueryName",
    "aws.protocols#httpChecksum",
    RESULT_WRAPPER,
    TARGET_PREFIX,
    WIRE_NAME,
    "smithy.api#http",
    "smithy.api#httpChecksumRequired",
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
    "smithy.api#jsonName",
    "smithy.api#requiresLength",
    "smithy.api#xmlAttribute",
    "smithy.api#xmlFlattened",
    "smithy.api#xmlName",
    "smithy.api#xmlNamespace",
];

/// Returns true if the meaning of a trait depends on the protocol.
pub(in crate::lower) fn is_wire_trait(id: &str) -> bool {
    WIRE_TRAITS.binary_search(&id).is_ok()
}
