//! Describes changes in words. Words are plain text or code; each format escapes them.

use serde_json::Value;

use super::summary::{self, version_bumps};
use crate::changes::tree::{
    Changes, Details, Effect, Fact, Location, Reference, Status, Uncounted,
};

/// The length at which the value of a fact is truncated, in characters.
const LONGEST: usize = 300;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Text.
    Plain(String),
    /// A name or a value.
    Code(String),
    /// The name of a shared type, which has its own entry in the report.
    Shared(String),
}

/// A sentence or a part of one.
pub(super) type Words = Vec<Word>;

pub(super) fn plain(text: impl Into<String>) -> Word {
    Word::Plain(text.into())
}

pub(super) fn code(text: impl Into<String>) -> Word {
    Word::Code(text.into())
}

/// Escapes invisible characters and those that change the writing direction.
pub(super) fn visible(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let shown = text.chars().map(|c| match hidden(c) {
        true => c.escape_default().to_string(),
        false => c.to_string(),
    });
    shown.collect()
}

/// Appends a location to the path `before`.
pub(super) fn path(before: &str, location: &Location) -> String {
    match location {
        Location::Service => "service".to_owned(),
        Location::Request => "request".to_owned(),
        Location::Response => "response".to_owned(),
        Location::Paginator => "paginator".to_owned(),
        Location::EndpointRules => "endpoint rules".to_owned(),
        Location::Operation(name)
        | Location::Exception(name)
        | Location::Type(name)
        | Location::Waiter(name) => name.clone(),
        Location::Element => format!("{before}[]"),
        Location::Key => format!("{before}{{key}}"),
        Location::Value => format!("{before}{{}}"),
        Location::Member(name) if before.is_empty() => name.clone(),
        Location::Member(name) => format!("{before}.{name}"),
        Location::EnumValue(value) => value.clone(),
    }
}

/// The word before the name of a location, if the name alone is not clear.
pub(super) fn kind(location: &Location) -> &'static str {
    match location {
        Location::Exception(_) => "exception ",
        Location::Waiter(_) => "waiter ",
        Location::EnumValue(_) => "value ",
        _ => "",
    }
}

/// The name of a status, in JSON and as a class in HTML.
pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Added => "added",
        Status::Removed => "removed",
        Status::Changed => "changed",
    }
}

/// Describes what was added or removed.
pub(super) fn details(details: &Details) -> Words {
    let mut words = Words::new();
    if !details.ty.is_empty() {
        words.push(plain(format!(": {}", details.ty)));
    }
    if details.required {
        words.push(plain(", required"));
    }
    for fact in &details.facts {
        let name = label(&fact.what);
        words.push(plain(format!(", {}", name.strip_prefix("the ").unwrap_or(&name))));
        if let Some(to) = fact.to.as_ref().filter(|to| !is_mark(&fact.what, to)) {
            words.extend([plain(" "), code(self::value(&fact.what, to))]);
        }
    }
    words
}

/// The members of a request and of a response.
pub(super) fn members(details: &Details) -> Vec<Words> {
    let [request, response] = &details.members;
    let mut lines = Vec::new();
    for (part, names) in [("request", request), ("response", response)] {
        let mut words = vec![plain(format!("{part}: "))];
        for (index, (name, required)) in names.iter().enumerate() {
            words.extend((index > 0).then(|| plain(", ")));
            words.push(code(name));
            words.extend(required.then(|| plain(" (required)")));
        }
        if !names.is_empty() {
            lines.push(words);
        }
    }
    lines
}

/// Describes a fact that differs.
pub(super) fn fact(fact: &Fact) -> Words {
    let name = label(&fact.what);
    let value = |value: &Value| code(self::value(&fact.what, value));
    match (&fact.from, &fact.to) {
        (None, Some(to)) if is_mark(&fact.what, to) => vec![plain(format!("now {name}"))],
        (Some(from), None) if is_mark(&fact.what, from) => vec![plain(format!("no longer {name}"))],
        (None, Some(to)) => {
            vec![plain(format!("{name} is ")), value(to), plain(", previously none")]
        }
        (Some(from), None) => vec![plain(format!("{name} was removed; it was ")), value(from)],
        (Some(from), Some(to)) => {
            vec![plain(format!("{name} is ")), value(to), plain(", was "), value(from)]
        }
        (None, None) => vec![plain(format!("different {name}"))],
    }
}

/// Describes where the changes of a type are reported.
pub(super) fn reference(reference: &Reference) -> Words {
    match reference {
        Reference::Shared(ty) => vec![plain("see "), Word::Shared(ty.clone())],
        Reference::Above(ty) => vec![plain("as above ("), code(ty), plain(")")],
    }
}

/// Returns true if only the presence of a trait matters. Its value, such as the date of a
/// deprecation, is not reported.
fn is_mark(what: &str, value: &Value) -> bool {
    match value {
        _ if ["smithy.api#deprecated", "smithy.api#retryable"].contains(&what) => true,
        Value::Null | Value::Bool(true) => true,
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// The name of a fact: a readable name if there is one, or else the trait's name without its
/// namespace.
fn label(what: &str) -> String {
    let known = match what {
        "smithy.api#clientOptional" => "optional for clients",
        "smithy.api#default" => "the default",
        "smithy.api#deprecated" => "deprecated",
        "smithy.api#enumValue" => "the value",
        "smithy.api#endpoint" => "the host prefix",
        "smithy.api#error" => "the fault",
        "smithy.api#httpError" => "the HTTP status",
        "smithy.api#idempotencyToken" => "an idempotency token",
        "smithy.api#length" => "the length",
        "smithy.api#pattern" => "the pattern",
        "smithy.api#range" => "the range",
        "smithy.api#requestCompression" => "compressed",
        "smithy.api#retryable" => "retryable",
        "smithy.api#sensitive" => "sensitive",
        "smithy.api#timestampFormat" => "the timestamp format",
        "smithy.api#uniqueItems" => "unique items",
        "longshore#wireName" => "the name on the wire",
        "aws.protocols#awsQueryError" => "the awsQuery error code",
        "type" => "the type",
        "way" => "it",
        other => other.split_once('#').map_or(other, |(_, name)| name),
    };
    visible(known)
}

/// A value as text.
fn value(what: &str, value: &Value) -> String {
    let bounds = ["smithy.api#length", "smithy.api#range"].contains(&what);
    let text = match value {
        Value::String(text) if what != "smithy.api#default" => text.clone(),
        Value::Object(endpoint) if what == "smithy.api#endpoint" => {
            match endpoint.get("hostPrefix") {
                Some(Value::String(prefix)) => prefix.clone(),
                _ => value.to_string(),
            }
        }
        Value::Object(limits) if bounds => match (limits.get("min"), limits.get("max")) {
            (Some(min), Some(max)) if min == max => min.to_string(),
            (Some(min), Some(max)) => format!("{min} to {max}"),
            (Some(min), None) => format!("at least {min}"),
            (None, Some(max)) => format!("at most {max}"),
            (None, None) => value.to_string(),
        },
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) if what != "smithy.api#pattern" => format!("{}\u{2026}", &text[..end]),
        _ => text,
    }
}

/// Describes an effect on callers.
pub(super) fn effect(effect: &Effect) -> Words {
    match effect {
        Effect::New(item) => vec![plain("adds "), code(item)],
        Effect::Gone(item) => vec![code(item), plain(" is gone")],
        Effect::Changed { item, from, to } => {
            let item = if item.starts_with("the ") { plain(item) } else { code(item) };
            vec![item, plain(" is "), code(to), plain(", was "), code(from)]
        }
        Effect::Argument { function, name, added } => {
            let what = if *added { " takes an additional argument: " } else { " no longer takes " };
            vec![code(function), plain(what), code(name)]
        }
        Effect::Order { function, to } => {
            let to = to.join(", ");
            vec![code(function), plain(" takes its arguments in a different order: "), code(to)]
        }
        Effect::Deprecated => vec![plain("using it causes a deprecation warning")],
    }
}

/// Describes the differences that are not counted as changes, if there are any.
pub(super) fn uncounted(uncounted: &Uncounted) -> Option<String> {
    let texts = (uncounted.documentation > 0)
        .then(|| counted(uncounted.documentation, "documentation text", "documentation texts"));
    let traits = (uncounted.traits > 0).then(|| {
        counted(
            uncounted.traits,
            "trait without effect on clients",
            "traits without effect on clients",
        )
    });
    let all: Vec<_> = texts.into_iter().chain(traits).collect();
    (!all.is_empty()).then(|| format!("not counted: {}", all.join(", ")))
}

/// Describes how many services were skipped because of their protocol.
pub(super) fn passed_over(count: usize) -> Option<String> {
    let services = || counted(count, "service", "services");
    (count > 0).then(|| format!("ignored: {} of other protocols", services()))
}

pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A service in one line, without its name.
pub(super) fn summary(changes: &Changes) -> String {
    if changes.is_empty() {
        return "equal".to_owned();
    }
    let mut parts = Vec::new();
    for (status, what) in
        [(Status::Added, "new"), (Status::Changed, "updated"), (Status::Removed, "removed")]
    {
        let count = summary::count(changes, status);
        if count > 0 {
            let (one, many) = (format!("{what} operation"), format!("{what} operations"));
            parts.push(counted(count, &one, &many));
        }
    }
    if !changes.types.is_empty() {
        parts.push(counted(changes.types.len(), "changed shared type", "changed shared types"));
    }
    if !changes.service.is_empty() {
        parts.push("changes of the service itself".to_owned());
    }
    format!("{}; {}", parts.join(", "), verdict(changes))
}

/// Describes whether callers break, and which version bump is needed.
pub(super) fn verdict(changes: &Changes) -> String {
    let Some(release) = changes.release() else {
        return "effect on callers unknown".to_owned();
    };
    let breaks = match changes.breaking() {
        0 => "nothing breaks".to_owned(),
        count => counted(count, "breaking change", "breaking changes"),
    };
    let (stable, early) = version_bumps(release);
    format!("{breaks}; version bump: {stable} ({early} before 1.0)")
}
