//! Decides whether code is compiled for tests only.

use syn::{Attribute, Meta, Token, punctuated::Punctuated};

/// Returns true if the attributes exclude the code from every build other than a test build.
pub(super) fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args().is_ok_and(|meta| value(&meta) == Some(false))
    })
}

/// The value of a `cfg` predicate in a build other than a test build, if it does not depend on
/// anything else.
fn value(predicate: &Meta) -> Option<bool> {
    if predicate.path().is_ident("test") {
        return Some(false);
    }
    let Meta::List(list) = predicate else { return None };
    let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
    let values: Vec<_> = parts.iter().map(value).collect();
    let name = list.path.get_ident()?.to_string();
    match name.as_str() {
        "not" => values.first()?.map(|value| !value),
        "all" if values.contains(&Some(false)) => Some(false),
        "any" if values.iter().all(|value| *value == Some(false)) => Some(false),
        _ => None,
    }
}
