//! Lowers the description of a member whose XML or form differs from the defaults.
//!
//! The description has a part for the member, and one for each list or map nested in it. The
//! runtime defines the keywords.

use crate::{
    lower::context::Context,
    smithy::{Kind, Member},
};

/// The maximum nesting of lists and maps, which the lowering of types enforces.
const MAX_NESTING: usize = 32;

/// Returns the description of a member, or `None` if it has the defaults.
pub(super) fn lower(context: &Context<'_>, member: &Member) -> Option<String> {
    if !context.protocol.describes_elements() {
        return None;
    }
    let mut parts = Vec::new();
    let mut current = Some(member);
    while let Some(value) = current.filter(|_| parts.len() < MAX_NESTING) {
        let is_member = parts.is_empty();
        let (words, nested) = describe(context, value, is_member);
        parts.push(words.join(" "));
        current = nested;
    }
    let described = parts.iter().rposition(|part| !part.is_empty())?;
    Some(parts[..=described].join(" > ").trim().to_owned())
}

/// Returns the words for a value, and the element of a list or the value of a map.
fn describe<'m>(
    context: &Context<'m>,
    value: &Member,
    is_member: bool,
) -> (Vec<String>, Option<&'m Member>) {
    let mut words = Vec::new();
    let has = |id| is_member && value.traits.has(id);
    if has("smithy.api#xmlAttribute") {
        words.push("attribute".to_owned());
    }
    let is_flat = has("smithy.api#xmlFlattened");
    match context.model.shape(&value.target).map(|shape| &shape.kind) {
        Some(Kind::List(element)) => {
            words.extend(is_flat.then(|| "flat".to_owned()));
            // The elements of a flattened list have the name of the member.
            words.extend(name(element, "item", "member").filter(|_| !is_flat));
            (words, Some(element))
        }
        Some(Kind::Map { key, value }) => {
            words.extend(is_flat.then(|| "flat".to_owned()));
            words.push("map".to_owned());
            words.extend(name(key, "key", "key"));
            words.extend(name(value, "value", "value"));
            (words, Some(value))
        }
        _ => (words, None),
    }
}

/// Returns the words for the name of an element, unless it has the default name.
fn name(element: &Member, word: &str, default: &str) -> Option<String> {
    let name = element.traits.text("smithy.api#xmlName").filter(|name| *name != default)?;
    Some(format!("{word} {name}"))
}
