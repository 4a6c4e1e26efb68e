//! Rustdoc of items: the model's prose where it has some, and plain facts where it has none.

use serde_json::Value;

use crate::{
    docs,
    ir::Docs,
    names::{self, Ident},
    smithy::{Member, Shape, Traits},
};

/// What the model says of a shape; no paragraph where it says nothing.
pub(super) fn docs(shape: &Shape) -> Docs {
    Docs { paragraphs: prose(&shape.traits), deprecated: deprecated(&shape.traits) }
}

/// The same for something whose Rust name is not the model's: the model's comes last. Where the model
/// says nothing, the emitter has a sentence that names it.
pub(super) fn named_docs(shape: &Shape, wire: &str, name: &Ident) -> Docs {
    let mut docs = docs(shape);
    if !docs.paragraphs.is_empty() && names::is_renamed(wire, name) {
        docs.paragraphs.push(called(wire));
    }
    docs
}

/// What stands for a name of the model that is not the Rust name.
pub(super) fn called(wire: &str) -> String {
    format!("The model calls it {}.", docs::code(wire))
}

/// What the model says of a member.
pub(super) fn member_docs(member: &Member) -> Docs {
    Docs { paragraphs: prose(&member.traits), deprecated: deprecated(&member.traits) }
}

/// What the model says of a value of an enum; then the value itself, where the variant does not
/// tell it.
pub(super) fn variant_docs(wire: &str, name: &Ident, member: &Member) -> Docs {
    let mut paragraphs = prose(&member.traits);
    if paragraphs.is_empty() {
        paragraphs.push(format!("{}.", docs::code(wire)));
    } else if names::is_renamed(wire, name) {
        paragraphs.push(format!("{} on the wire.", docs::code(wire)));
    }
    Docs { paragraphs, deprecated: deprecated(&member.traits) }
}

fn prose(traits: &Traits) -> Vec<String> {
    docs::markdown(traits.text("smithy.api#documentation").unwrap_or_default())
}

/// Why a shape or member is deprecated; an empty text where the model gives no reason.
fn deprecated(traits: &Traits) -> Option<String> {
    let facts = traits.get("smithy.api#deprecated")?;
    let text = |key| facts.get(key).and_then(Value::as_str).map(docs::text);
    let since = text("since").map(|since| format!("since {since}"));
    Some(match (text("message"), since) {
        (Some(message), Some(since)) => format!("{}, {since}", message.trim_end_matches('.')),
        (message, since) => message.or(since).unwrap_or_default(),
    })
}
