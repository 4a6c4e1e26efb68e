//! What each protocol honors, refuses and ignores, and how it names and formats members: a file per
//! protocol.
//!
//! No other part of the lowering knows the protocols. Imports `ir` and `smithy`.

mod aws_json;
mod aws_query;
mod rest_json;
#[cfg(test)]
mod wire_traits;

use crate::{
    ir::{self, TimestampFormat},
    smithy::{self, Member, Traits},
};

#[cfg(test)]
pub(super) use self::wire_traits::is_wire_trait;

/// The rules of a protocol.
#[derive(Debug)]
pub(super) struct Protocol {
    /// The protocol in generated code.
    pub(super) protocol: ir::Protocol,
    /// The traits of wire formats that it honors.
    pub(super) honored: &'static [&'static str],
    /// The traits that would change its messages and are not supported, with their effects.
    pub(super) unsupported: &'static [(&'static str, &'static str)],
    /// The traits that it ignores.
    pub(super) ignored: &'static [&'static str],
    /// The trait that names a member in the body, if its name is not that in the model.
    member_name: &'static str,
    /// Whether members may have places outside the body.
    pub(super) has_bindings: bool,
    /// Whether a request names the service and the operation in a header.
    pub(super) has_target: bool,
    /// The format of timestamps that state none, by place.
    pub(super) timestamp_format: fn(Place) -> TimestampFormat,
}

/// The places of a message for which protocols have formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the body.
    Body,
    /// In the path or the query.
    Uri,
    /// In a header.
    Header,
}

impl Protocol {
    /// Returns the rules of a protocol; `None` if no clients can be generated for it.
    pub(super) fn of(protocol: smithy::Protocol) -> Option<&'static Self> {
        Some(match protocol {
            smithy::Protocol::AwsJson10 => &aws_json::AWS_JSON_1_0,
            smithy::Protocol::AwsJson11 => &aws_json::AWS_JSON_1_1,
            smithy::Protocol::RestJson1 => &rest_json::REST_JSON_1,
            smithy::Protocol::AwsQuery => &aws_query::AWS_QUERY,
            _ => return None,
        })
    }

    /// Returns true if a trait is present and the protocol honors it.
    pub(super) fn has(&self, traits: &Traits, id: &str) -> bool {
        traits.has(id) && self.honored.contains(&id)
    }

    /// Returns the name in the body of a member that the model calls `name`.
    pub(super) fn wire_name<'a>(&self, name: &'a str, member: &'a Member) -> &'a str {
        member.traits.text(self.member_name).unwrap_or(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_protocol_decides_on_every_wire_trait() {
        for protocol in smithy::Protocol::ALL {
            let Some(rules) = Protocol::of(protocol) else {
                assert!(!protocol.is_generated(), "{protocol:?}");
                continue;
            };
            let unsupported = rules.unsupported.iter().map(|(id, _)| *id);
            let decided = rules.honored.iter().chain(rules.ignored).copied().chain(unsupported);
            let mut decided: Vec<_> = decided.collect();
            decided.sort_unstable();
            assert_eq!(decided, wire_traits::WIRE_TRAITS, "{protocol:?}");
        }
    }
}
