//! awsQuery: requests are forms, and responses are XML.

use super::{Place, Protocol};
use crate::{
    ir::{self, TimestampFormat},
    smithy::{RESULT_WRAPPER, TARGET_PREFIX, WIRE_NAME},
};

/// awsQuery
pub(super) const AWS_QUERY: Protocol = Protocol {
    protocol: ir::Protocol::AwsQuery,
    honored: HONORED,
    unsupported: UNSUPPORTED,
    ignored: IGNORED,
    member_name: "smithy.api#xmlName",
    has_bindings: false,
    has_target: false,
    timestamp_format: |_: Place| TimestampFormat::DateTime,
};

const HONORED: &[&str] =
    &["aws.protocols#awsQueryError", "smithy.api#xmlFlattened", "smithy.api#xmlName"];

const UNSUPPORTED: &[(&str, &str)] = &[
    ("aws.protocols#httpChecksum", "requires a checksum header"),
    (RESULT_WRAPPER, "renames the element around the result"),
    ("smithy.api#httpChecksumRequired", "requires a checksum header"),
    ("smithy.api#xmlAttribute", "places a member in an attribute of an element"),
];

const IGNORED: &[&str] = &[
    "aws.customizations#s3UnwrappedXmlOutput",
    "aws.protocols#awsQueryCompatible",
    "aws.protocols#ec2QueryName",
    TARGET_PREFIX,
    WIRE_NAME,
    "smithy.api#http",
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
    "smithy.api#jsonName",
    "smithy.api#requiresLength",
    // Forms have no namespaces, and those of responses are not checked.
    "smithy.api#xmlNamespace",
];
