//! Lists what each protocol reads from a model, one file per protocol: the traits that it honors,
//! refuses and ignores. A trait that one protocol lists must be listed by every protocol.

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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{ir, smithy::TARGET_PREFIX};

    fn all() -> impl Iterator<Item = &'static Rules> {
        Protocol::ALL.into_iter().filter_map(rules)
    }

    fn listed(rules: &Rules) -> impl Iterator<Item = &'static str> {
        let refused = rules.refused.iter().map(|(id, _)| id);
        rules.honored.iter().chain(refused).chain(rules.ignored).copied()
    }

    #[test]
    fn every_protocol_lists_each_trait_of_a_protocol_once() {
        let dependent: BTreeSet<_> = all().flat_map(listed).collect();
        for rules in all() {
            for id in &dependent {
                let count = listed(rules).filter(|listed| listed == id).count();
                assert_eq!(count, 1, "{:?} lists {id} {count} times", rules.protocol);
            }
        }
    }

    #[test]
    fn the_rules_of_a_protocol_agree_with_its_lists() {
        for rules in all() {
            let protocol = rules.protocol;
            assert!(rules.honors(rules.member_name), "{protocol:?}");
            let (is_rest, is_query) =
                (protocol == ir::Protocol::RestJson1, protocol == ir::Protocol::AwsQuery);
            assert_eq!(rules.binds_http(), is_rest, "{protocol:?}");
            assert_eq!(rules.describes_elements(), is_query, "{protocol:?}");
            assert_eq!(rules.honors(TARGET_PREFIX), !is_rest && !is_query, "{protocol:?}");
        }
    }

    #[test]
    fn every_generated_protocol_has_rules() {
        for protocol in Protocol::ALL {
            assert_eq!(rules(protocol).is_some(), protocol.is_generated(), "{protocol:?}");
        }
    }
}
