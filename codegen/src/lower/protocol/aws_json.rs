//! awsJson 1.0 and 1.1: requests are JSON objects to one path, and a header names the operation.
//!
//! HTTP bindings are ignored (Smithy specification, "AWS JSON 1.0 and 1.1 protocols", "Protocol
//! behaviors").

use super::{Place, Protocol};
use crate::{
    ir::{self, TimestampFormat},
    smithy::{RESULT_WRAPPER, TARGET_PREFIX, WIRE_NAME},
};

/// awsJson 1.0
pub(super) const AWS_JSON_1_0: Protocol = aws_json(ir::Protocol::AwsJson10);

/// awsJson 1.1
pub(super) const AWS_JSON_1_1: Protocol = aws_json(ir::Protocol::AwsJson11);

const fn aws_json(protocol: ir::Protocol) -> Protocol {
    Protocol {
        protocol,
        honored: HONORED,
        unsupported: UNSUPPORTED,
        ignored: IGNORED,
        member_name: WIRE_NAME,
        has_bindings: false,
        has_target: true,
        timestamp_format: |_: Place| TimestampFormat::EpochSeconds,
    }
}

const HONORED: &[&str] =
    &["aws.protocols#awsQueryCompatible", "aws.protocols#awsQueryError", TARGET_PREFIX, WIRE_NAME];

const UNSUPPORTED: &[(&str, &str)] = &[
    ("aws.protocols#httpChecksum", "requires a checksum header"),
    ("smithy.api#httpChecksumRequired", "requires a checksum header"),
];

const IGNORED: &[&str] = &[
    "aws.customizations#s3UnwrappedXmlOutput",
    "aws.protocols#ec2QueryName",
    RESULT_WRAPPER,
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
    "smithy.api#xmlAttribute",
    "smithy.api#xmlFlattened",
    "smithy.api#xmlName",
    "smithy.api#xmlNamespace",
];
