//! Describes the presence and constraints of members in words.

use crate::emit::index::ServiceIndex;
use crate::{
    docs::{self, Counted},
    ir::{Constraints, Field, Literal, Presence, Type},
};

/// The longest list of enum values that is written out; the enum's own page lists all values.
const MAX_VALUES: usize = 12;

/// The longest pattern that is shown if space is short.
const MAX_PATTERN: usize = 24;

/// Presence and constraints of a member as one phrase, which begins in lower case and has no full stop.
pub(in crate::emit) fn sentence(field: &Field, index: &ServiceIndex<'_>) -> String {
    let mut rules = vec![presence(field)];
    rules.extend(all_rules(&field.constraints, Some(&field.ty), Some(index)));
    rules.join("; ")
}

/// The constraints of a value as one phrase; empty if there are none.
pub(in crate::emit) fn value_sentence(
    constraints: &Constraints,
    ty: Option<&Type>,
    index: &ServiceIndex<'_>,
) -> String {
    all_rules(constraints, ty, Some(index)).join("; ")
}

/// Presence and constraints of a member in a few words, for lists of members. The documentation of
/// the member itself states them in full.
pub(in crate::emit) fn field_in_brief(field: &Field) -> String {
    let mut rules = match &field.presence {
        Presence::Required | Presence::Filled | Presence::Defaulted(_) => vec![presence(field)],
        Presence::Corrected { .. } | Presence::Optional => Vec::new(),
    };
    rules.extend(all_rules(&field.constraints, Some(&field.ty), None));
    rules.join("; ")
}

/// The constraints of a value in a few words.
pub(in crate::emit) fn value_in_brief(constraints: &Constraints, ty: Option<&Type>) -> String {
    all_rules(constraints, ty, None).join("; ")
}

/// Returns the constraints of a value and its content; in brief if there is no index to look up
/// enums.
fn all_rules(
    constraints: &Constraints,
    ty: Option<&Type>,
    index: Option<&ServiceIndex<'_>>,
) -> Vec<String> {
    let ty = ty.map(Type::unboxed);
    let mut rules = value_rules(constraints, ty, index);
    let inner = |what, constraints: &Option<Box<Constraints>>, ty| {
        let rules = value_rules(constraints.as_ref()?, Some(ty), index);
        (!rules.is_empty()).then(|| format!("{what} {}", rules.join("; ")))
    };
    match ty {
        Some(Type::List { element, .. }) => {
            rules.extend(inner("each element", &constraints.each, element));
        }
        Some(Type::Map { key, value, .. }) => {
            rules.extend(inner("each key", &constraints.key, key));
            rules.extend(inner("each value", &constraints.each, value));
        }
        _ => {}
    }
    rules
}

fn value_rules(
    constraints: &Constraints,
    ty: Option<&Type>,
    index: Option<&ServiceIndex<'_>>,
) -> Vec<String> {
    let mut shown = constraints.clone();
    let is_long = |pattern: &mut String| index.is_none() && pattern.len() > MAX_PATTERN;
    let long_pattern = shown.pattern.take_if(is_long).is_some();
    let mut rules: Vec<_> = docs::constraints(&shown, counted(ty)).into_iter().collect();
    rules.extend(long_pattern.then(|| "matches a pattern".to_owned()));
    let values = index.zip(ty).and_then(|(index, ty)| index.enum_values(ty));
    rules.extend(values.map(|values| values_words(&values)));
    rules.extend(constraints.media_type.as_ref().map(|media_type| match media_type.as_str() {
        "application/json" => "contains JSON".to_owned(),
        other => format!("contains {}", docs::code(other)),
    }));
    rules
}

fn presence(field: &Field) -> String {
    match &field.presence {
        Presence::Required => "required".to_owned(),
        Presence::Corrected { required: true } => {
            let correction = match field.ty.unboxed() {
                Type::Union(_) => "unrecognized",
                Type::Document => "null",
                _ => "empty or zero",
            };
            format!("required in responses; {correction} if omitted")
        }
        Presence::Corrected { required: false } => "empty if omitted".to_owned(),
        Presence::Optional => "optional".to_owned(),
        Presence::Filled => "optional; generated if not set".to_owned(),
        Presence::Defaulted(Literal::Empty) => "empty by default".to_owned(),
        Presence::Defaulted(value) => format!("defaults to {}", docs::literal(value)),
    }
}

fn values_words(values: &[String]) -> String {
    let words: Vec<_> = values.iter().take(MAX_VALUES).map(|value| docs::code(value)).collect();
    match (values.len(), words.as_slice()) {
        (0, _) => "the model lists no values".to_owned(),
        (1, _) => format!("only {}", words[0]),
        (count, _) if count > MAX_VALUES => format!("one of {count} values"),
        (_, [first @ .., last]) => format!("one of {} or {last}", first.join(", ")),
        (_, []) => String::new(),
    }
}

fn counted(ty: Option<&Type>) -> Counted {
    match ty {
        Some(Type::List { .. }) => Counted::Elements,
        Some(Type::Map { .. }) => Counted::Entries,
        Some(Type::Blob) => Counted::Bytes,
        _ => Counted::Characters,
    }
}
