//! awsJson 1.0 and 1.1: all members are in a JSON document. HTTP bindings and `jsonName` have no
//! effect (Smithy specification, "AWS JSON 1.0 and 1.1 protocols", "Protocol behaviors").

use super::rules::Rules;
use crate::{
    ir,
    smithy::{QUERY_COMPATIBLE, QUERY_ERROR, RESULT_WRAPPER, TARGET_PREFIX, WIRE_NAME},
};

pub(super) const AWS_JSON_1_0: Rules = rules(ir::Protocol::AwsJson10);
pub(super) const AWS_JSON_1_1: Rules = rules(ir::Protocol::AwsJson11);

const fn rules(protocol: ir::Protocol) -> Rules {
    Rules {
        protocol,
        honored: &[QUERY_COMPATIBLE, QUERY_ERROR, TARGET_PREFIX, WIRE_NAME],
        refused: &[],
        ignored: &[
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
            "smithy.api#xmlAttribute",
            "smithy.api#xmlFlattened",
            "smithy.api#xmlName",
            "smithy.api#xmlNamespace",
        ],
        member_name: WIRE_NAME,
        query_error_codes: false,
        timestamps: ir::TimestampFormat::EpochSeconds,
    }
}
