//! The rules for a member's value, in words: presence, length, range, pattern, values.

use serde_json::{Number, Value};

use crate::{
    docs::{self, Counted},
    ir::{Bounds, Constraints, Document, Literal, Presence},
    lower::values::timestamp,
    smithy::{Kind, Member, Members, Model, Shape, Simple, Traits},
};

/// The longest list of enum values that is written out; the enum's own page has them all.
const VALUES: usize = 12;

/// The longest pattern that is said in a few words.
const PATTERN: usize = 24;

/// All rules for a member, as one phrase that opens in lower case and has no full stop.
pub(in crate::lower) fn sentence(model: &Model, member: &Member, presence: &Presence) -> String {
    let mut rules = vec![presence_words(model, member, presence)];
    rules.extend(all_value_rules(model, member, Detail::Whole));
    rules.join("; ")
}

/// The same without presence, for a member that is one of several; empty where there are no rules.
pub(in crate::lower) fn value_sentence(model: &Model, member: &Member) -> String {
    all_value_rules(model, member, Detail::Whole).join("; ")
}

/// The rules for a member's value where there is no room for long ones, because they are said in full
/// with the member itself.
pub(in crate::lower) fn in_brief(model: &Model, member: &Member, presence: &Presence) -> String {
    let mut rules = match presence {
        Presence::Required | Presence::Filled | Presence::Defaulted(_) => {
            vec![presence_words(model, member, presence)]
        }
        Presence::Corrected | Presence::Optional => Vec::new(),
    };
    rules.extend(all_value_rules(model, member, Detail::Brief));
    rules.join("; ")
}

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    /// All there is.
    Whole,
    /// What takes a few words; that there is a pattern, instead of a long one.
    Brief,
}

fn all_value_rules(model: &Model, member: &Member, detail: Detail) -> Vec<String> {
    let Some(shape) = model.shape(&member.target) else { return Vec::new() };
    let mut rules = value_rules(&member.traits, shape, detail);
    rules.extend(inner_rules(model, shape, detail));
    rules
}

fn presence_words(model: &Model, member: &Member, presence: &Presence) -> String {
    match presence {
        Presence::Required => "required".to_owned(),
        Presence::Corrected if member.is_required() => {
            let stands_for_it = match model.shape(&member.target).map(|shape| &shape.kind) {
                Some(Kind::Union(_)) => "unrecognized",
                Some(Kind::Simple(Simple::Document)) => "null",
                _ => "empty or zero",
            };
            format!("required of the service; {stands_for_it} when it leaves it out")
        }
        Presence::Corrected => "empty when the answer leaves it out".to_owned(),
        Presence::Optional => "optional".to_owned(),
        Presence::Filled => "optional; filled in when absent".to_owned(),
        Presence::Defaulted(literal) => format!("{} when left out", literal_words(literal)),
    }
}

fn literal_words(literal: &Literal) -> String {
    match literal {
        Literal::Bool(value) => format!("`{value}`"),
        Literal::Integer(number) => format!("`{number}`"),
        Literal::Float(number) => format!("`{number}`"),
        Literal::Text(text) => docs::code(text),
        Literal::Blob(bytes) => match bytes.len() {
            1 => "1 byte".to_owned(),
            count => format!("{count} bytes"),
        },
        Literal::Timestamp { seconds, nanos } => docs::code(&timestamp::text(*seconds, *nanos)),
        Literal::Document(document) => docs::code(&document_words(document)),
        Literal::Empty => "empty".to_owned(),
    }
}

/// JSON as it is on the wire.
fn document_words(document: &Document) -> String {
    match document {
        Document::Null => "null".to_owned(),
        Document::Bool(value) => value.to_string(),
        Document::Integer(number) => number.to_string(),
        Document::Float(number) => number.to_string(),
        Document::Text(text) => Value::from(text.as_str()).to_string(),
        Document::List(elements) => {
            let elements: Vec<_> = elements.iter().map(document_words).collect();
            format!("[{}]", elements.join(", "))
        }
        Document::Map(entries) => {
            let entry = |(key, value): &(String, Document)| {
                format!("{}: {}", Value::from(key.as_str()), document_words(value))
            };
            let entries: Vec<_> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// The rules for a value of a shape; traits of the member go before those of its target.
fn value_rules(member: &Traits, shape: &Shape, detail: Detail) -> Vec<String> {
    let mut constraints = constraints(member, &shape.traits);
    let is_long = |pattern: &mut String| detail == Detail::Brief && pattern.len() > PATTERN;
    let long_pattern = constraints.pattern.take_if(is_long).is_some();
    let mut rules: Vec<_> = docs::constraints(&constraints, counted(shape)).into_iter().collect();
    rules.extend(long_pattern.then(|| "matches a pattern".to_owned()));
    if let (Kind::Enum(values) | Kind::IntEnum(values), Detail::Whole) = (&shape.kind, detail) {
        rules.push(values_words(values));
    }
    rules.extend(media_words(member, &shape.traits));
    rules
}

/// What a string or blob holds, where the model says so.
fn media_words(member: &Traits, target: &Traits) -> Option<String> {
    let media = |traits: &Traits| traits.text("smithy.api#mediaType").map(str::to_owned);
    Some(match media(member).or_else(|| media(target))?.as_str() {
        "application/json" => "holds JSON".to_owned(),
        other => format!("holds {}", docs::code(other)),
    })
}

/// The rules for the elements of a list, or the keys and values of a map.
fn inner_rules(model: &Model, shape: &Shape, detail: Detail) -> Vec<String> {
    let inner: Vec<(&str, &Member)> = match &shape.kind {
        Kind::List(element) => vec![("each element", element)],
        Kind::Map { key, value } => vec![("each key", key), ("each value", value)],
        _ => Vec::new(),
    };
    let rules = inner.into_iter().filter_map(|(what, member)| {
        let rules = value_rules(&member.traits, model.shape(&member.target)?, detail);
        (!rules.is_empty()).then(|| format!("{what} {}", rules.join("; ")))
    });
    rules.collect()
}

fn values_words(values: &Members) -> String {
    let wire = |(name, member): (&String, &Member)| match member.traits.get("smithy.api#enumValue")
    {
        Some(Value::String(text)) => docs::code(text),
        Some(number) => docs::code(&number.to_string()),
        None => docs::code(name),
    };
    let words: Vec<_> = values.iter().take(VALUES).map(wire).collect();
    match (values.len(), words.as_slice()) {
        (0, _) => "of no listed value".to_owned(),
        (1, _) => format!("only {}", words[0]),
        (count, _) if count > VALUES => format!("one of {count} values"),
        (_, [first @ .., last]) => format!("one of {} or {last}", first.join(", ")),
        (_, []) => String::new(),
    }
}

fn counted(shape: &Shape) -> Counted {
    match &shape.kind {
        Kind::List(_) => Counted::Elements,
        Kind::Map { .. } => Counted::Entries,
        Kind::Simple(Simple::Blob) => Counted::Bytes,
        _ => Counted::Characters,
    }
}

fn constraints(member: &Traits, target: &Traits) -> Constraints {
    let get = |id: &str| member.get(id).or_else(|| target.get(id));
    Constraints {
        length: get("smithy.api#length").map(bounds),
        range: get("smithy.api#range").map(bounds),
        pattern: get("smithy.api#pattern").and_then(Value::as_str).map(str::to_owned),
        unique: get("smithy.api#uniqueItems").is_some(),
    }
}

fn bounds(value: &Value) -> Bounds {
    let bound = |key: &str| value.get(key).and_then(Value::as_number).map(Number::to_string);
    Bounds { min: bound("min"), max: bound("max") }
}
