//! Writes the documentation of members and their setters: the model's prose with links, then
//! presence and constraints in words.

use crate::emit::docs::constraint_words as words;
use crate::emit::docs::page::Page;
use crate::{
    docs,
    ir::{Docs, Field, UnionVariant},
    names,
};

/// Returns the lines of a field's documentation. If the model has prose, "optional" is omitted,
/// because the type shows it.
pub(in crate::emit) fn field_docs(field: &Field, page: &Page<'_>) -> Vec<String> {
    let Field { wire, name, .. } = field;
    let rules = words::sentence(field, page.index);
    let beyond = rules.strip_prefix("optional").unwrap_or(&rules).trim_start_matches("; ");
    let is_value = |name: &str| page.index.has_enum_value(&field.ty, name);
    let mut paragraphs = page.linked_except(&field.docs.paragraphs, is_value);
    if paragraphs.is_empty() {
        paragraphs.push(format!("`{wire}`: {rules}."));
    } else if names::is_renamed(wire, name) {
        let rules = if beyond.is_empty() { String::new() } else { format!("; {beyond}") };
        add_sentence(&mut paragraphs, format!("`{wire}` on the wire{rules}."));
    } else if !beyond.is_empty() {
        add_sentence(&mut paragraphs, format!("{}.", capitalized(beyond)));
    }
    docs::lines(&paragraphs)
}

/// Returns the lines of a setter's documentation: those of the field, or what it does if the model
/// has no prose.
pub(in crate::emit) fn setter_docs(field: &Field, field_docs: Vec<String>) -> Vec<String> {
    match field.docs.paragraphs.is_empty() {
        true => docs::lines(&[format!("Sets `{}`.", field.wire)]),
        false => field_docs,
    }
}

/// Returns the documentation of a union's variant: the model's prose, then its wire name and the
/// constraints of its value.
pub(in crate::emit) fn variant_docs(variant: &UnionVariant, page: &Page<'_>) -> Docs {
    let UnionVariant { wire, ty, constraints, .. } = variant;
    let is_value = |name: &str| ty.as_ref().is_some_and(|ty| page.index.has_enum_value(ty, name));
    let mut paragraphs = page.linked_except(&variant.docs.paragraphs, is_value);
    let sentence = match words::value_sentence(constraints, ty.as_ref(), page.index).as_str() {
        "" => format!("`{wire}`."),
        rules => format!("`{wire}`: {rules}."),
    };
    add_sentence(&mut paragraphs, sentence);
    Docs { paragraphs, deprecated: variant.docs.deprecated.clone() }
}

/// Adds a sentence: to the paragraph if there is only one and it ends with a sentence, and as a
/// separate paragraph otherwise.
fn add_sentence(paragraphs: &mut Vec<String>, sentence: String) {
    match paragraphs.as_mut_slice() {
        [only] if docs::is_sentence(only) => only.extend([" ", &sentence]),
        _ => paragraphs.push(sentence),
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
