//! Defines the rules of the protocols, one file per protocol.

mod aws_json;
mod aws_query;
mod rest_json;
mod rules;

use crate::smithy::Protocol;

pub(super) use self::rules::{Rules, query_error_code};

/// Returns the rules of a protocol, if clients can be generated for it.
pub(super) fn rules(protocol: Protocol) -> Option<&'static Rules> {
    match protocol {
        Protocol::AwsJson10 => Some(&aws_json::AWS_JSON_1_0),
        Protocol::AwsJson11 => Some(&aws_json::AWS_JSON_1_1),
        Protocol::RestJson1 => Some(&rest_json::REST_JSON_1),
        Protocol::AwsQuery => Some(&aws_query::AWS_QUERY),
        Protocol::RestXml | Protocol::RpcV2Cbor | Protocol::Ec2Query => None,
    }
}
