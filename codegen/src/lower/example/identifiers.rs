//! Finds resources that a request can identify by name or by ARN.
//!
//! Models make both members optional, but services require one of them.

use std::collections::HashSet;

use crate::ir::{Field, Presence, Struct, value::MemberValue};

/// Requests that need neither the name nor the ARN: SDK ID, structure.
const OPTIONAL: [(&str, &str); 1] = [("API Gateway", "CreateDomainNameRequest")];

/// Returns the ARN of each pair of optional members such as `streamName` and `streamArn` of which
/// neither is in `set`. An ARN is sufficient, but a name may also require the name of a parent.
pub(super) fn arns<'s>(sdk_id: &str, shape: &'s Struct, set: &[MemberValue]) -> Vec<&'s Field> {
    if OPTIONAL.contains(&(sdk_id, &shape.wire)) {
        return Vec::new();
    }
    let set: HashSet<_> = set.iter().map(|member| &member.field).collect();
    let is_open =
        |field: &&Field| field.presence == Presence::Optional && !set.contains(&field.name);
    let open: Vec<_> = shape.fields.iter().filter(is_open).collect();
    let names: HashSet<_> = open.iter().map(|field| field.member.to_ascii_lowercase()).collect();
    let is_pair = |field: &&Field| {
        let member = field.member.to_ascii_lowercase();
        let resource = member.strip_suffix("arn").filter(|resource| !resource.is_empty());
        resource.is_some_and(|resource| names.contains(&format!("{resource}name")))
    };
    open.into_iter().filter(is_pair).collect()
}
