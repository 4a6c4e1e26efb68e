//! Describes the differences between two JSON values briefly.

use serde_json::{Map, Number, Value};

/// The length at which a value is truncated, in characters.
const MAX_LENGTH: usize = 120;

/// The maximum number of differences described for one pair of values.
const MAX_DIFFERENCES: usize = 4;

/// Returns the differences between `expected` and `found`, each with its path below `root`.
#[must_use]
pub fn differences(root: &str, expected: &Value, found: Option<&Value>) -> Vec<String> {
    let mut all = Vec::new();
    compare(root, Some(expected), found, &mut all);
    let more = all.len().saturating_sub(MAX_DIFFERENCES);
    all.truncate(MAX_DIFFERENCES);
    if more > 0 {
        all.push(format!("and {more} more differences"));
    }
    all
}

fn compare(path: &str, expected: Option<&Value>, found: Option<&Value>, all: &mut Vec<String>) {
    match (expected, found) {
        (Some(Value::Object(expected)), Some(Value::Object(found)))
            if is_unknown(expected, found) => {}
        (Some(Value::Object(expected)), Some(Value::Object(found))) => {
            for (key, value) in expected {
                compare(&format!("{path}.{key}"), Some(value), found.get(key), all);
            }
            for (key, value) in found.iter().filter(|(key, _)| !expected.contains_key(*key)) {
                compare(&format!("{path}.{key}"), None, Some(value), all);
            }
        }
        (Some(Value::Array(expected)), Some(Value::Array(found))) => {
            for index in 0..expected.len().max(found.len()) {
                let path = format!("{path}[{index}]");
                compare(&path, expected.get(index), found.get(index), all);
            }
        }
        (Some(Value::Number(a)), Some(Value::Number(b))) if same_number(a, b) => {}
        (expected, found) if expected == found => {}
        (expected, found) => {
            all.push(format!("{path}: expected {}, found {}", shown(expected), shown(found)));
        }
    }
}

/// Returns true if both are unions with a member that the model does not list. The case states only
/// the member's name.
fn is_unknown(expected: &Map<String, Value>, found: &Map<String, Value>) -> bool {
    let name = expected.get("SDK_UNKNOWN_MEMBER").and_then(|member| member.get("name")?.as_str());
    let mut found = found.keys();
    name.is_some()
        && expected.len() == 1
        && found.next().map(String::as_str) == name
        && found.next().is_none()
}

/// Compares numbers by value: `1` equals `1.0`.
fn same_number(a: &Number, b: &Number) -> bool {
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a.as_f64() == b.as_f64(),
    }
}

fn whole(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| clipped(&value.to_string()))
}

/// Returns the text, truncated if it is long.
pub(crate) fn clipped(text: &str) -> String {
    match text.char_indices().nth(MAX_LENGTH) {
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], text.len()),
        None => text.to_owned(),
    }
}
