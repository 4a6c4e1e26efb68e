//! Finds resources that a request can identify by name or by ARN.
//!
//! A model makes both members optional, but services require one of them.

use crate::{
    ir::{Field, Presence, Struct},
    names::Ident,
};

/// Requests that need neither the name nor the ARN: SDK ID, structure.
const OPTIONAL: [(&str, &str); 1] = [("API Gateway", "CreateDomainNameRequest")];

/// Returns the ARN of each pair of members such as `streamName` and `streamArn` of which none is
/// set. An ARN is sufficient, whereas a name may also need that of a parent.
pub(super) fn arns<'s>(
    sdk_id: &str,
    shape: &'s Struct,
    is_set: impl Fn(&Ident) -> bool,
) -> Vec<&'s Field> {
    if OPTIONAL.contains(&(sdk_id, &shape.wire)) {
        return Vec::new();
    }
    let open = |field: &&Field| field.presence == Presence::Optional && !is_set(&field.name);
    let named = |name: &str| {
        shape.fields.iter().filter(open).find(|field| field.member.eq_ignore_ascii_case(name))
    };
    let is_pair = |field: &&Field| {
        let member = field.member.to_ascii_lowercase();
        let resource = member.strip_suffix("arn").filter(|resource| !resource.is_empty());
        resource.is_some_and(|resource| named(&format!("{resource}name")).is_some())
    };
    shape.fields.iter().filter(open).filter(is_pair).collect()
}
