//! awsQuery: requests are forms, and responses are XML (Smithy specification, "AWS query
//! protocol").

use super::rules::Rules;
use crate::{
    ir,
    smithy::{QUERY_COMPATIBLE, QUERY_ERROR, RESULT_WRAPPER, TARGET_PREFIX, WIRE_NAME},
};

pub(super) const AWS_QUERY: Rules = Rules {
    protocol: ir::Protocol::AwsQuery,
    honored: &[
        QUERY_ERROR,
        RESULT_WRAPPER,
        "smithy.api#xmlAttribute",
        "smithy.api#xmlFlattened",
        "smithy.api#xmlName",
    ],
    refused: &[(
        WIRE_NAME,
        "names members of awsJson; use smithy.api#xmlName for those of awsQuery",
    )],
    ignored: &[
        "aws.customizations#s3UnwrappedXmlOutput",
        "aws.protocols#ec2QueryName",
        // For clients that use another protocol of the service.
        QUERY_COMPATIBLE,
        TARGET_PREFIX,
        "smithy.api#http",
        "smithy.api#httpHeader",
        "smithy.api#httpLabel",
        "smithy.api#httpPayload",
        "smithy.api#httpPrefixHeaders",
        "smithy.api#httpQuery",
        "smithy.api#httpQueryParams",
        "smithy.api#httpResponseCode",
        "smithy.api#jsonName",
        // Forms have no namespaces, and those of responses are not compared.
        "smithy.api#xmlNamespace",
    ],
    member_name: "smithy.api#xmlName",
    query_error_codes: true,
    timestamps: ir::TimestampFormat::DateTime,
};
