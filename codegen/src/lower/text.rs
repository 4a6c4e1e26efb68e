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

/// The same for a type whose Rust name is not the model's: the model's comes last.
pub(super) fn type_docs(shape: &Shape, wire: &str, name: &Ident) -> Docs {
    let mut docs = docs(shape);
    if !docs.paragraphs.is_empty() && names::is_renamed(wire, name) {
        docs.paragraphs.push(format!("The model calls it `{wire}`."));
    }
    docs
}

/// What the model says of a member, then the rules for its value.
pub(super) fn member_docs(wire: &str, name: &Ident, member: &Member, rules: &str) -> Docs {
    let mut paragraphs = prose(&member.traits);
    if paragraphs.is_empty() {
        paragraphs.push(format!("`{wire}`: {rules}."));
    } else if names::is_renamed(wire, name) {
        paragraphs.push(format!("`{wire}` on the wire; {rules}."));
    } else {
        paragraphs.push(format!("{}.", capitalised(rules)));
    }
    Docs { paragraphs, deprecated: deprecated(&member.traits) }
}

/// What the model says of a member of a union, then its name on the wire and the rules for its value.
pub(super) fn union_member_docs(wire: &str, member: &Member, rules: &str) -> Docs {
    let mut paragraphs = prose(&member.traits);
    paragraphs.push(match rules {
        "" => format!("`{wire}`."),
        rules => format!("`{wire}`: {rules}."),
    });
    Docs { paragraphs, deprecated: deprecated(&member.traits) }
}

/// What the model says of a value of an enum, or the value itself.
pub(super) fn variant_docs(wire: &str, member: &Member) -> Docs {
    let mut paragraphs = prose(&member.traits);
    if paragraphs.is_empty() {
        paragraphs.push(format!("{}.", docs::code(wire)));
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

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
