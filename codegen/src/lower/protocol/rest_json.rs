//! restJson1: HTTP bindings determine the locations of members; members without one are in a JSON
//! document (Smithy specification, "AWS restJson1 protocol").

use super::rules::Rules;
use crate::{
    ir,
    smithy::{QUERY_COMPATIBLE, QUERY_ERROR, RESULT_WRAPPER, TARGET_PREFIX, WIRE_NAME},
};

pub(super) const REST_JSON_1: Rules = Rules {
    protocol: ir::Protocol::RestJson1,
    honored: &[
        QUERY_ERROR,
        "smithy.api#http",
        "smithy.api#httpHeader",
        "smithy.api#httpLabel",
        "smithy.api#httpPayload",
        "smithy.api#httpPrefixHeaders",
        "smithy.api#httpQuery",
        "smithy.api#httpQueryParams",
        "smithy.api#httpResponseCode",
        "smithy.api#jsonName",
    ],
    refused: &[
        (
            QUERY_COMPATIBLE,
            "adds a header with the error codes of awsQuery, which restJson1 does not have; remove \
             the trait",
        ),
        (WIRE_NAME, "names members of awsJson; use smithy.api#jsonName for those of restJson1"),
    ],
    ignored: &[
        "aws.customizations#s3UnwrappedXmlOutput",
        "aws.protocols#ec2QueryName",
        RESULT_WRAPPER,
        TARGET_PREFIX,
        "smithy.api#xmlAttribute",
        "smithy.api#xmlFlattened",
        "smithy.api#xmlName",
        "smithy.api#xmlNamespace",
    ],
    member_name: "smithy.api#jsonName",
    query_error_codes: false,
    timestamps: ir::TimestampFormat::EpochSeconds,
};
