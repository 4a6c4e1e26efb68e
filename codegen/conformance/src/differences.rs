//! Describes the differences of two JSON values briefly.

use serde_json::{Map, Number, Value};

/// The length at which a value is cut off, in characters.
const SHOWN: usize = 120;

/// How many differences of one pair are described.
const MOST: usize = 4;

/// The differences of `found` from `expected`, each with its path below `root`.
pub(crate) fn differences(root: &str, expected: &Value, found: Option<&Value>) -> Vec<String> {
    let mut all = Vec::new();
    compare(root, Some(expected), found, &mut all);
    let more = all.len().saturating_sub(MOST);
    all.truncate(MOST);
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

/// Returns true if both are unions with a member that the model does not list. The case gives only
/// its name.
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

/// The beginning of a text.
pub(crate) fn clipped(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], text.len()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_compared_by_value() {
        let a = json!({"a": 1, "b": [1.0, 2], "c": 9_007_199_254_740_993_u64, "d": "NaN"});
        let b = json!({"a": 1.0, "b": [1, 2.0], "c": 9_007_199_254_740_993_u64, "d": "NaN"});
        assert_eq!(differences("$", &a, Some(&b)), [""; 0]);
        let c = json!({"a": 1, "b": [1, 2], "c": 9_007_199_254_740_992_u64, "d": "NaN"});
        let expected =
            ["$.c: expected 9007199254740993, found 9007199254740992"].map(str::to_owned);
        assert_eq!(differences("$", &a, Some(&c)), expected);
    }

    #[test]
    fn a_difference_names_its_path_and_both_sides() {
        let table = [
            (json!({"a": {"b": 1}}), json!({"a": {}}), "$.a.b: expected 1, found nothing"),
            (json!({}), json!({"a": null}), "$.a: expected nothing, found null"),
            (json!([1]), json!([1, "x"]), "$[1]: expected nothing, found \"x\""),
            (json!(null), json!({}), "$: expected null, found {}"),
            (json!("1"), json!(1), "$: expected \"1\", found 1"),
        ];
        for (expected, found, text) in table {
            assert_eq!(differences("$", &expected, Some(&found)), [text]);
        }
    }

    #[test]
    fn an_unknown_member_of_a_union_may_be_told_by_its_name() {
        let expected = json!({"SDK_UNKNOWN_MEMBER": {"name": "later"}});
        assert_eq!(differences("$", &expected, Some(&json!({"later": 1}))), [""; 0]);
        for other in [json!({"earlier": 1}), json!({"later": 1, "b": 2}), json!({})] {
            assert_ne!(differences("$", &expected, Some(&other)), [""; 0], "{other}");
        }
    }

    #[test]
    fn a_long_value_is_clipped_and_many_differences_are_counted() {
        let text = differences("$", &json!("é".repeat(200)), Some(&json!(1))).concat();
        assert!(text.contains("… (402 bytes), found 1"), "{text}");
        let found = differences("$", &json!([1, 2, 3, 4, 5, 6]), Some(&json!([])));
        assert_eq!(found.last().map(String::as_str), Some("and 2 more differences"));
    }
}
