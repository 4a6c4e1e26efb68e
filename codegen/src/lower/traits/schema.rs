//! Checks trait schemas: what the value of each honored trait must be.
//!
//! A value with another schema would be read as if the trait were absent, and silently ignored.

use serde_json::{Map, Value};

use crate::smithy::{Kind, PAGE_TOKENS, QUERY_ERROR, RESULT_WRAPPER, TARGET_PREFIX, WIRE_NAME};

/// Whether a value matches the schema of its trait, and the schema in words.
type Verdict = (bool, &'static str);

/// Returns true if a trait's value matches its schema.
pub(in crate::lower) fn has_schema(id: &str, value: &Value, kind: &Kind) -> bool {
    check(id, value, kind).is_ok()
}

/// Checks a trait's value; the error completes "expected ...".
pub(super) fn check(id: &str, value: &Value, kind: &Kind) -> Result<(), &'static str> {
    let verdict = scalar(id, value, kind)
        .or_else(|| smithy_object(id, value))
        .or_else(|| aws_object(id, value));
    // The protocols list HTTP versions; all others are annotations.
    let (holds, expected) = verdict.unwrap_or((value.is_object(), "an object, `{}`"));
    if holds { Ok(()) } else { Err(expected) }
}

/// The traits whose values are strings, numbers and lists.
fn scalar(id: &str, value: &Value, kind: &Kind) -> Option<Verdict> {
    Some(match id {
        "smithy.api#default" => (true, ""),
        "smithy.api#documentation"
        | "smithy.api#mediaType"
        | "smithy.api#pattern"
        | "smithy.api#title" => (value.is_string(), "a string"),
        "smithy.api#enumValue" if matches!(kind, Kind::IntEnum(_)) => {
            (value.is_i64(), "a whole number")
        }
        "smithy.api#enumValue" => (value.is_string(), "a string"),
        "smithy.api#error" => {
            (matches!(value.as_str(), Some("client" | "server")), "\"client\" or \"server\"")
        }
        "smithy.api#httpError" => (
            value.as_u64().is_some_and(|status| (200..=999).contains(&status)),
            "an HTTP status from 200 to 999",
        ),
        "smithy.api#timestampFormat" => (
            matches!(value.as_str(), Some("date-time" | "http-date" | "epoch-seconds")),
            "\"epoch-seconds\", \"date-time\" or \"http-date\"",
        ),
        "smithy.api#auth" => (strings(value).is_some(), "a list of strings"),
        TARGET_PREFIX => (
            value
                .as_str()
                .is_some_and(|text| !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic())),
            "a string of visible ASCII characters",
        ),
        WIRE_NAME => (value.as_str().is_some_and(|text| !text.is_empty()), "a string"),
        "smithy.api#httpHeader" | "smithy.api#httpQuery" | "smithy.api#jsonName" => {
            (value.as_str().is_some_and(|text| !text.is_empty()), "a string")
        }
        "smithy.api#xmlName" | RESULT_WRAPPER => (
            value.as_str().is_some_and(is_element_name),
            "the name of an element: letters, digits, `_`, `-`, `.` and at most one `:`",
        ),
        "smithy.api#httpPrefixHeaders" => (value.is_string(), "a string"),
        _ => return None,
    })
}

/// The traits of Smithy whose values are objects.
fn smithy_object(id: &str, value: &Value) -> Option<Verdict> {
    Some(match id {
        "smithy.api#deprecated" => {
            (texts(value, &["message", "since"], &[]), "an object with `message` and `since`")
        }
        "smithy.api#length" => (
            bounds(value, |bound| bound.as_u64().map(|bound| bound as f64)),
            "an object with `min` and `max`, whole numbers with `min` not above `max`",
        ),
        "smithy.api#range" => (
            bounds(value, Value::as_f64),
            "an object with `min` and `max`, numbers with `min` not above `max`",
        ),
        "smithy.api#retryable" => {
            (flags(value, &["throttling"]), "an object with `throttling`, true or false")
        }
        "smithy.api#paginated" => (
            texts(value, &PAGES, &[]) && only(value, &PAGES),
            "an object with the strings `inputToken`, `outputToken`, `items` and `pageSize`",
        ),
        PAGE_TOKENS => (
            page_tokens(value),
            "an object with the list `tokens`, whose elements have the strings `input` and \
             `output`, or the string `moreResults`, or both",
        ),
        "smithy.waiters#waitable" => (
            value.as_object().is_some_and(|waiters| !waiters.is_empty()),
            "an object with a waiter for each name",
        ),
        "smithy.api#endpoint" => (
            texts(value, &["hostPrefix"], &["hostPrefix"]) && only(value, &["hostPrefix"]),
            "an object with the string `hostPrefix`",
        ),
        "smithy.api#http" => (
            texts(value, &["method", "uri"], &["method", "uri"]),
            "an object with the strings `method` and `uri`",
        ),
        "smithy.api#requestCompression" => (
            value.get("encodings").and_then(strings).is_some_and(|all| all.contains(&"gzip"))
                && only(value, &["encodings"]),
            "an object with the list `encodings`, which must include `gzip`",
        ),
        _ => return None,
    })
}

/// The traits of AWS whose values are objects.
fn aws_object(id: &str, value: &Value) -> Option<Verdict> {
    Some(match id {
        "aws.api#service" => (
            texts(value, &SERVICE_TEXTS, &["sdkId"]),
            "an object with the string `sdkId` and other strings",
        ),
        "aws.auth#sigv4" => {
            (texts(value, &["name"], &["name"]), "an object with the string `name`")
        }
        "aws.api#clientDiscoveredEndpoint" => {
            (flags(value, &["required"]), "an object with `required`, true or false")
        }
        "aws.api#clientEndpointDiscovery" => {
            (texts(value, &["operation"], &["operation"]), "an object with the string `operation`")
        }
        QUERY_ERROR => (
            texts(value, &["code"], &["code"]),
            "an object with the string `code` and the number `httpResponseCode`",
        ),
        _ => return None,
    })
}

/// The strings of `aws.api#service`.
const SERVICE_TEXTS: [&str; 6] = [
    "arnNamespace",
    "cloudFormationName",
    "cloudTrailEventSource",
    "docId",
    "endpointPrefix",
    "sdkId",
];

/// The strings of `smithy.api#paginated`.
const PAGES: [&str; 4] = ["inputToken", "items", "outputToken", "pageSize"];

/// Returns true for a name with at most one prefix (Smithy specification, "xmlName trait").
fn is_element_name(name: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
    };
    name.split(':').count() <= 2 && name.split(':').all(is_part)
}

/// Returns true if a value is that of [`PAGE_TOKENS`].
fn page_tokens(value: &Value) -> bool {
    const ENDS: [&str; 2] = ["input", "output"];
    let sound = |token: &Value| texts(token, &ENDS, &ENDS) && only(token, &ENDS);
    let has_facts = match value.get("tokens") {
        Some(tokens) => tokens.as_array().is_some_and(|tokens| tokens.iter().all(sound)),
        None => value.get("moreResults").is_some(),
    };
    has_facts && texts(value, &["moreResults"], &[]) && only(value, &["moreResults", "tokens"])
}

/// Returns the elements of a list of strings, or `None` for anything else.
fn strings(value: &Value) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(Value::as_str).collect()
}

fn only(value: &Value, known: &[&str]) -> bool {
    value.as_object().is_some_and(|object| object.keys().all(|key| known.contains(&key.as_str())))
}

fn texts(value: &Value, known: &[&str], required: &[&str]) -> bool {
    let sound = |object: &Map<String, Value>| {
        let strings = known.iter().all(|key| object.get(*key).is_none_or(Value::is_string));
        strings && required.iter().all(|key| object.contains_key(*key))
    };
    value.as_object().is_some_and(sound)
}

/// Returns true if all keys are known and have boolean values.
fn flags(value: &Value, known: &[&str]) -> bool {
    let sound =
        |(key, value): (&String, &Value)| known.contains(&key.as_str()) && value.is_boolean();
    value.as_object().is_some_and(|object| object.iter().all(sound))
}

/// Returns true if `min` and `max` are the only keys, numbers, and in order.
fn bounds(value: &Value, number: impl Fn(&Value) -> Option<f64>) -> bool {
    let Some(object) = value.as_object() else { return false };
    let known = object.keys().all(|key| key == "min" || key == "max");
    let numbers = object.values().all(|bound| number(bound).is_some());
    let bound = |key: &str| object.get(key).and_then(&number);
    let ordered = match (bound("min"), bound("max")) {
        (Some(min), Some(max)) => min <= max,
        (min, max) => min.or(max).is_some(),
    };
    known && numbers && ordered
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::smithy::{Members, Simple};

    #[test]
    fn values_with_a_wrong_schema_are_rejected() {
        let string = Kind::Simple(Simple::String);
        let table = [
            ("smithy.api#required", json!({}), true),
            ("smithy.api#required", json!(false), false),
            ("smithy.api#sensitive", json!("no"), false),
            ("smithy.api#length", json!({"min": 1, "max": 1}), true),
            ("smithy.api#length", json!({"min": 2, "max": 1}), false),
            ("smithy.api#length", json!({"min": "1"}), false),
            ("smithy.api#length", json!({"mni": 5}), false),
            ("smithy.api#length", json!({"min": -1}), false),
            ("smithy.api#length", json!({}), false),
            ("smithy.api#range", json!({"min": -1.5}), true),
            ("smithy.api#range", json!([1]), false),
            ("smithy.api#pattern", json!(3), false),
            ("smithy.api#title", json!(7), false),
            ("smithy.api#documentation", json!([1]), false),
            ("smithy.api#error", json!("server"), true),
            ("smithy.api#error", json!("bogus"), false),
            ("smithy.api#httpError", json!(404), true),
            ("smithy.api#httpError", json!("404"), false),
            ("smithy.api#httpError", json!(100), false),
            ("smithy.api#httpError", json!(70_000), false),
            ("smithy.api#deprecated", json!({"message": "x"}), true),
            ("smithy.api#deprecated", json!("yes"), false),
            ("smithy.api#timestampFormat", json!(5), false),
            ("smithy.api#enumValue", json!(3), false),
            ("aws.api#service", json!({"sdkId": "X", "cloudFormationName": "X"}), true),
            ("aws.api#service", json!({"sdkId": 5}), false),
            ("aws.auth#sigv4", json!({"name": 5}), false),
            ("aws.auth#sigv4", json!({"name": "x"}), true),
            ("aws.auth#sigv4", json!({}), false),
            ("aws.api#clientDiscoveredEndpoint", json!({"required": true}), true),
            ("aws.api#clientDiscoveredEndpoint", json!({"required": "yes"}), false),
            ("aws.api#clientEndpointDiscovery", json!({"operation": "a#B"}), true),
            ("aws.api#clientEndpointDiscovery", json!({}), false),
            (QUERY_ERROR, json!({"code": "A", "httpResponseCode": 400}), true),
            (QUERY_ERROR, json!({"httpResponseCode": 400}), false),
            ("smithy.api#auth", json!([]), true),
            ("smithy.api#auth", json!("aws.auth#sigv4"), false),
            ("smithy.api#endpoint", json!({"hostPrefix": "a."}), true),
            ("smithy.api#endpoint", json!({"hostPrefix": "a.", "path": "/b"}), false),
            ("smithy.api#requestCompression", json!({"encodings": ["br", "gzip"]}), true),
            ("smithy.api#requestCompression", json!({"encodings": ["br"]}), false),
            (TARGET_PREFIX, json!("com.example.Service_20200101"), true),
            (TARGET_PREFIX, json!("a b"), false),
            (TARGET_PREFIX, json!(""), false),
            (WIRE_NAME, json!("A-b c"), true),
            (WIRE_NAME, json!({}), false),
            ("smithy.api#xmlName", json!("xsi:a-b.c_1"), true),
            ("smithy.api#xmlName", json!("a b"), false),
            ("smithy.api#xmlName", json!("a:b:c"), false),
            ("smithy.api#xmlName", json!("1a"), false),
            ("smithy.api#xmlFlattened", json!(true), false),
            (RESULT_WRAPPER, json!("Result"), true),
            (RESULT_WRAPPER, json!(""), false),
            ("smithy.api#default", json!(null), true),
            ("smithy.api#retryable", json!({}), true),
            ("smithy.api#retryable", json!({"throttling": true}), true),
            ("smithy.api#retryable", json!({"throttling": "yes"}), false),
            ("smithy.api#retryable", json!({"throtling": true}), false),
            ("smithy.api#retryable", json!(true), false),
            ("smithy.api#idempotencyToken", json!({}), true),
            ("smithy.api#idempotencyToken", json!(true), false),
            ("smithy.api#uniqueItems", json!(true), false),
            ("smithy.api#paginated", json!({}), true),
            ("smithy.api#paginated", json!({"items": "a", "pageSize": "b"}), true),
            ("smithy.api#paginated", json!({"items": 1}), false),
            ("smithy.api#paginated", json!({"tokens": "a"}), false),
            (PAGE_TOKENS, json!({"tokens": [{"input": "a", "output": "b.c"}]}), true),
            (PAGE_TOKENS, json!({"tokens": [], "moreResults": "more"}), true),
            (PAGE_TOKENS, json!({"moreResults": "more"}), true),
            (PAGE_TOKENS, json!({}), false),
            (PAGE_TOKENS, json!({"tokens": "a", "moreResults": "more"}), false),
            (PAGE_TOKENS, json!({"tokens": [], "moreResults": true}), false),
            (PAGE_TOKENS, json!({"tokens": [{"input": "a"}]}), false),
            (PAGE_TOKENS, json!({"tokens": [{"input": "a", "output": "b", "type": "c"}]}), false),
            (PAGE_TOKENS, json!({"tokens": "a"}), false),
            ("smithy.waiters#waitable", json!({"A": {}}), true),
            ("smithy.waiters#waitable", json!({}), false),
        ];
        for (id, value, sound) in table {
            assert_eq!(check(id, &value, &string).is_ok(), sound, "{id} {value}");
        }
        assert!(check("smithy.api#enumValue", &json!(3), &Kind::IntEnum(Members::new())).is_ok());
    }
}
