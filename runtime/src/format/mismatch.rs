//! Errors for values of the wrong kind: what was expected and what was found, such as `expected an
//! integer, found a string`.
//!
//! Unlike the errors of serde, they never contain the value, which may be secret or large.

use std::fmt::Display;

use serde_core::de::Error;

/// Creates the error. `found` describes the value and must not contain it.
pub(crate) fn mismatch<E: Error>(expected: impl Display, found: impl Display) -> E {
    E::custom(format_args!("expected {expected}, found {found}"))
}

/// Returns the text of such an error without its position. An error of serde about an invalid type
/// or value is translated to such a text. Returns `None` for any other error.
pub(crate) fn describe(text: &str) -> Option<String> {
    let (text, _) = split_position(text);
    if text.starts_with("expected ") && text.contains(", found ") {
        return Some(text.to_owned());
    }
    let rest = text.strip_prefix("invalid type: ").or_else(|| text.strip_prefix("invalid value: "));
    // The value precedes the last separator and may contain others.
    let (found, expected) = rest?.rsplit_once(", expected ")?;
    Some(format!("expected {}, found {}", expected_kind(expected), found_kind(found)))
}

/// Splits the text of an error into its message and its position, such as ` at line 1 column 2`,
/// which is empty if there is none.
pub(crate) fn split_position(text: &str) -> (&str, &str) {
    let index = text.rfind(" at line ").unwrap_or(text.len());
    let (message, position) = text.split_at(index);
    let is_position = position.split(' ').all(|word| {
        matches!(word, "" | "at" | "line" | "column") || word.bytes().all(|b| b.is_ascii_digit())
    });
    if is_position { (message, position) } else { (text, "") }
}

/// Translates serde's term for an expected value to the JSON term.
fn expected_kind(expected: &str) -> &str {
    match expected {
        "a sequence" => "a list",
        "a map" => "an object",
        "unit" => "null",
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" => "an integer",
        "f32" | "f64" => "a number",
        _ => expected,
    }
}

/// Returns the kind of the value that serde's error describes. The value follows the kind.
fn found_kind(found: &str) -> &'static str {
    const KINDS: [(&str, &str); 9] = [
        ("null", "null"),
        ("unit value", "null"),
        ("boolean", "a boolean"),
        ("integer", "an integer"),
        ("floating point", "a floating-point number"),
        ("number", "a number"),
        ("string", "a string"),
        ("sequence", "a list"),
        ("map", "an object"),
    ];
    let kind = KINDS.iter().find(|(start, _)| found.starts_with(start));
    kind.map_or("another value", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_core::de::DeserializeOwned;

    use super::*;

    fn error<T: DeserializeOwned>(json: &str) -> Option<String> {
        let error = serde_json::from_str::<T>(json).err().expect("an error");
        describe(&error.to_string())
    }

    #[test]
    fn the_errors_of_serde_are_translated() {
        let table = [
            (error::<String>("5"), "expected a string, found an integer"),
            (error::<String>("-5.5"), "expected a string, found a floating-point number"),
            (error::<String>("[1]"), "expected a string, found a list"),
            (error::<String>("{}"), "expected a string, found an object"),
            (error::<String>("null"), "expected a string, found null"),
            (error::<String>("true"), "expected a string, found a boolean"),
            (error::<bool>(r#""x""#), "expected a boolean, found a string"),
            (error::<i32>("1.5"), "expected an integer, found a floating-point number"),
            (error::<u8>("300"), "expected an integer, found an integer"),
            (error::<f64>(r#""x""#), "expected a number, found a string"),
            (error::<Vec<i32>>("{}"), "expected a list, found an object"),
            (error::<BTreeMap<String, i32>>("[]"), "expected an object, found a list"),
            (error::<()>("1"), "expected null, found an integer"),
        ];
        for (found, expected) in table {
            assert_eq!(found.as_deref(), Some(expected));
        }
    }

    #[test]
    fn values_are_omitted_whatever_they_contain() {
        for value in ["a, expected b", "x at line 1 column 2", "`, expected a list, found c", "\n"]
        {
            let json = serde_json::to_string(value).expect("JSON");
            let expected = "expected a boolean, found a string";
            assert_eq!(error::<bool>(&json).as_deref(), Some(expected), "{value}");
        }
    }

    #[test]
    fn other_errors_are_not_described() {
        for text in ["EOF while parsing", "expected value at line 1 column 1", "missing field `a`"]
        {
            assert_eq!(describe(text), None, "{text}");
        }
        let ours: serde_json::Error = mismatch("a list", "nothing");
        assert_eq!(describe(&ours.to_string()).as_deref(), Some("expected a list, found nothing"));
    }

    #[test]
    fn positions_are_split_off() {
        let table = [
            ("a at line 1 column 2", ("a", " at line 1 column 2")),
            ("a", ("a", "")),
            ("a at line x", ("a at line x", "")),
            ("b at line 3 at line 1 column 2", ("b at line 3", " at line 1 column 2")),
        ];
        for (text, expected) in table {
            assert_eq!(split_position(text), expected, "{text}");
        }
    }
}
