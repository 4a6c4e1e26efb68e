//! Lowers the model's prose to the rustdoc of items.

use serde_json::Value;

use crate::{
    docs,
    ir::Docs,
    names::{self, Ident},
    smithy::{Member, Shape, Traits},
};

/// Returns the model's documentation of a shape; it has no paragraphs if the model has no prose.
pub(super) fn docs(shape: &Shape) -> Docs {
    Docs { paragraphs: prose(&shape.traits), deprecated: deprecated(&shape.traits) }
}

/// Like [`docs()`], and adds the model's name if the Rust name differs. If the model has no prose,
/// the emitter adds a sentence with the name.
pub(super) fn named_docs(shape: &Shape, wire: &str, name: &Ident) -> Docs {
    let mut docs = docs(shape);
    if !docs.paragraphs.is_empty() && names::is_renamed(wire, name) {
        docs.paragraphs.push(model_name_sentence(wire));
    }
    docs
}

/// Returns a sentence that states the model's name.
pub(super) fn model_name_sentence(wire: &str) -> String {
    format!("The model calls it {}.", docs::code(wire))
}

/// Returns the model's documentation of a member.
pub(super) fn member_docs(member: &Member) -> Docs {
    Docs { paragraphs: prose(&member.traits), deprecated: deprecated(&member.traits) }
}

/// Returns the model's documentation of an enum value, and the value if the variant does not show
/// it.
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

/// Returns why a shape or member is deprecated; empty if the model gives no reason.
fn deprecated(traits: &Traits) -> Option<String> {
    let facts = traits.get("smithy.api#deprecated")?;
    let text = |key| facts.get(key).and_then(Value::as_str).map(docs::text);
    let since = text("since").map(|since| format!("since {since}"));
    Some(match (text("message"), since) {
        (Some(message), Some(since)) => format!("{}, {since}", message.trim_end_matches('.')),
        (message, since) => message.or(since).unwrap_or_default(),
    })
}
