//! What each protocol reads from a model, one file per protocol.

mod aws_json;
mod rest_json;

use crate::{
    ir,
    smithy::{Member, Protocol},
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
    /// The format of timestamps in documents that state none.
    pub(super) timestamps: ir::TimestampFormat,
}

/// The rules of the protocols for which clients can be generated.
const ALL: [&Rules; 3] =
    [&aws_json::AWS_JSON_1_0, &aws_json::AWS_JSON_1_1, &rest_json::REST_JSON_1];

/// Returns the rules of a protocol, if clients can be generated for it.
pub(super) fn rules(protocol: Protocol) -> Option<&'static Rules> {
    match protocol {
        Protocol::AwsJson10 => Some(&aws_json::AWS_JSON_1_0),
        Protocol::AwsJson11 => Some(&aws_json::AWS_JSON_1_1),
        Protocol::RestJson1 => Some(&rest_json::REST_JSON_1),
        Protocol::RestXml | Protocol::RpcV2Cbor | Protocol::AwsQuery | Protocol::Ec2Query => None,
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

    /// Returns the name of a member in documents.
    pub(super) fn wire_name<'a>(&self, name: &'a str, member: &'a Member) -> &'a str {
        member.traits.text(self.member_name).unwrap_or(name)
    }
}
