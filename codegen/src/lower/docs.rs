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

/// What the model says of a member, then the rules for its value. Where it says something, that the
/// member is optional is left to its type.
pub(super) fn member_docs(wire: &str, name: &Ident, member: &Member, rules: &str) -> Docs {
    let mut paragraphs = prose(&member.traits);
    let beyond = rules.strip_prefix("optional").unwrap_or(rules).trim_start_matches("; ");
    if paragraphs.is_empty() {
        paragraphs.push(format!("`{wire}`: {rules}."));
    } else if names::is_renamed(wire, name) {
        let rules = if beyond.is_empty() { String::new() } else { format!("; {beyond}") };
        add_sentence(&mut paragraphs, format!("`{wire}` on the wire{rules}."));
    } else if !beyond.is_empty() {
        add_sentence(&mut paragraphs, format!("{}.", capitalised(beyond)));
    }
    Docs { paragraphs, deprecated: deprecated(&member.traits) }
}

/// Adds a sentence: to the one paragraph if there is one alone that ends as a sentence does, and as a
/// paragraph of its own behind anything longer.
fn add_sentence(paragraphs: &mut Vec<String>, sentence: String) {
    match paragraphs.as_mut_slice() {
        [only] if docs::is_sentence(only) => only.extend([" ", &sentence]),
        _ => paragraphs.push(sentence),
    }
}

/// What the model says of a member of a union, then its name on the wire and the rules for its value.
pub(super) fn union_member_docs(wire: &str, member: &Member, rules: &str) -> Docs {
    let mut paragraphs = prose(&member.traits);
    let rules = match rules {
        "" => format!("`{wire}`."),
        rules => format!("`{wire}`: {rules}."),
    };
    add_sentence(&mut paragraphs, rules);
    Docs { paragraphs, deprecated: deprecated(&member.traits) }
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

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
