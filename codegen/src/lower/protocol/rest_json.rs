//! restJson1: members have places by their HTTP bindings; those without are in a JSON document
//! (Smithy specification, "AWS restJson1 protocol").

use super::rules::Rules;
use crate::ir;

pub(super) const REST_JSON_1: Rules = Rules {
    protocol: ir::Protocol::RestJson1,
    honored: &[
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
    member_name: "smithy.api#jsonName",
    sends_target: false,
    binds_http: true,
    describes_elements: false,
    query_error_codes: false,
    timestamps: ir::TimestampFormat::EpochSeconds,
};
