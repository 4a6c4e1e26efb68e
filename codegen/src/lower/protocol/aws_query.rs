//! awsQuery: requests are forms, and responses are XML (Smithy specification, "AWS query
//! protocol").

use super::rules::Rules;
use crate::{ir, smithy::RESULT_WRAPPER};

pub(super) const AWS_QUERY: Rules = Rules {
    protocol: ir::Protocol::AwsQuery,
    honored: &[
        RESULT_WRAPPER,
        "smithy.api#xmlAttribute",
        "smithy.api#xmlFlattened",
        "smithy.api#xmlName",
    ],
    member_name: "smithy.api#xmlName",
    sends_target: false,
    binds_http: false,
    describes_elements: true,
    query_error_codes: true,
    timestamps: ir::TimestampFormat::DateTime,
};
