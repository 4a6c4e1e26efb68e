//! The `sdk-extras` files that may lie beside a C2J model: corrections to be merged into one of its
//! files.
//!
//! Those that exist name members of answers that stay the same from page to page, which no client
//! of ours needs. One that says more is refused, because it is not carried out.

use serde_json::Value;

use crate::{error::Problem, read::json::Node};

/// The only key a correction may end in.
const HARMLESS: &str = "non_aggregate_keys";

/// Refuses a file of corrections that would change what is generated. Files that are none are not
/// the model's, and are left alone.
pub(crate) fn check_extras(root: Node<'_>) -> Result<(), Problem> {
    if !root.is_object() {
        return Ok(());
    }
    let Some(merge) = root.field("merge")? else { return Ok(()) };
    if is_harmless(&merge.value()?) {
        return Ok(());
    }
    Err(merge.problem(
        "this file corrects a file beside it, which is not carried out. Merge it by hand, or take \
         it out of the folder.",
    ))
}

fn is_harmless(value: &Value) -> bool {
    value.as_object().is_some_and(|object| {
        object.iter().all(|(key, value)| key == HARMLESS || is_harmless(value))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_lists_of_keys_are_harmless() {
        let keys = json!({"pagination": {"GetTables": {"non_aggregate_keys": ["a"]}}});
        assert!(is_harmless(&keys));
        assert!(!is_harmless(&json!({"metadata": {"targetPrefix": "Other"}})));
    }
}
