//! restJson1: members in the path, the query and the headers, and JSON documents in bodies.

use super::{Place, Protocol};
use crate::{
    ir::{self, TimestampFormat},
    smithy::{RESULT_WRAPPER, TARGET_PREFIX, WIRE_NAME},
};

/// restJson1
pub(super) const REST_JSON_1: Protocol = Protocol {
    protocol: ir::Protocol::RestJson1,
    honored: HONORED,
    unsupported: UNSUPPORTED,
    ignored: IGNORED,
    member_name: "smithy.api#jsonName",
    has_bindings: true,
    has_target: false,
    timestamp_format,
};

/// Returns the default format of a place (Smithy specification, "timestampFormat trait").
fn timestamp_format(place: Place) -> TimestampFormat {
    match place {
        Place::Body => TimestampFormat::EpochSeconds,
        Place::Uri => TimestampFormat::DateTime,
        Place::Header => TimestampFormat::HttpDate,
    }
}

const HONORED: &[&str] = &[
    "smithy.api#http",
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
    "smithy.api#jsonName",
];

const UNSUPPORTED: &[(&str, &str)] = &[
    ("aws.protocols#httpChecksum", "requires a checksum header"),
    ("smithy.api#httpChecksumRequired", "requires a checksum header"),
];

const IGNORED: &[&str] = &[
    "aws.customizations#s3UnwrappedXmlOutput",
    "aws.protocols#awsQueryCompatible",
    "aws.protocols#awsQueryError",
    "aws.protocols#ec2QueryName",
    RESULT_WRAPPER,
    TARGET_PREFIX,
    WIRE_NAME,
    // Bodies that do not stream always have a known length.
    "smithy.api#requiresLength",
    "smithy.api#xmlAttribute",
    "smithy.api#xmlFlattened",
    "smithy.api#xmlName",
    "smithy.api#xmlNamespace",
];
