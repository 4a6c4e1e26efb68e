//! What each protocol reads from a model, one file per protocol.

mod aws_json;
mod aws_query;
mod rest_json;

use crate::{
    ir,
    smithy::{Member, Protocol, RESULT_WRAPPER, Shape, ShapeId},
};

/// The facts of a protocol that the lowering needs.
#[derive(Debug)]
pub(super) struct Rules {
    /// The protocol.
    pub(super) protocol: ir::Protocol,
    /// The traits that affect the protocol, in addition to those that affect every protocol.
    honored: &'static [&'static str],
    /// The trait that states the name of a member in a document.
    member_name: &'static str,
    /// Whether members can have places outside the document in the body.
    pub(super) binds_http: bool,
    /// Whether the elements of XML and the fields of forms have names that the model states.
    pub(super) describes_elements: bool,
    /// Whether the code of an error can differ from the name of the exception.
    query_error_codes: bool,
    /// The format of timestamps in documents that state none.
    pub(super) timestamps: ir::TimestampFormat,
}

/// The rules of the protocols for which clients can be generated.
const ALL: [&Rules; 4] = [
    &aws_json::AWS_JSON_1_0,
    &aws_json::AWS_JSON_1_1,
    &rest_json::REST_JSON_1,
    &aws_query::AWS_QUERY,
];

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

/// Returns true if the trait affects any of the protocols.
pub(super) fn any_honors(id: &str) -> bool {
    ALL.iter().any(|rules| rules.honors(id))
}

impl Rules {
    /// Returns true if the trait affects this protocol but not every protocol.
    pub(super) fn honors(&self, id: &str) -> bool {
        self.honored.contains(&id)
    }

    /// Returns the code of an exception in responses.
    pub(super) fn error_code<'a>(&self, id: &'a ShapeId, exception: &'a Shape) -> &'a str {
        let code = query_error_code(exception).filter(|_| self.query_error_codes);
        code.unwrap_or(id.name())
    }

    /// Returns the name of the element around the result of an operation, if the protocol has one.
    pub(super) fn result_wrapper(&self, id: &ShapeId, operation: &Shape) -> Option<String> {
        let own = operation.traits.text(RESULT_WRAPPER).map(str::to_owned);
        self.honors(RESULT_WRAPPER).then(|| own.unwrap_or_else(|| format!("{}Result", id.name())))
    }

    /// Returns the name of a member in documents.
    pub(super) fn wire_name<'a>(&self, name: &'a str, member: &'a Member) -> &'a str {
        member.traits.text(self.member_name).unwrap_or(name)
    }
}

/// Returns the code of an exception in the query protocol, if the model states it.
pub(super) fn query_error_code(exception: &Shape) -> Option<&str> {
    exception.traits.get("aws.protocols#awsQueryError")?.get("code")?.as_str()
}
