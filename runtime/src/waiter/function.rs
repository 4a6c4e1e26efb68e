//! The JMESPath functions that waiters use.

use std::borrow::{Borrow, Cow};

use super::comparison::equal;
use crate::Document;

/// The JMESPath functions that waiters use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Function {
    /// `contains(list or string, value)`
    Contains,
    /// `ends_with(string, suffix)`
    EndsWith,
    /// `keys(object)`
    Keys,
    /// `length(string, list or object)`
    Length,
    /// `not_null(a, b, ..)`: the first argument that is not `null`.
    NotNull,
    /// `starts_with(string, prefix)`
    StartsWith,
    /// `values(object)`
    Values,
}

/// Calls a function. Returns `null` if the arguments have unsupported types.
pub(super) fn call(function: Function, arguments: &[Cow<'_, Document>]) -> Document {
    let arguments: Vec<&Document> = arguments.iter().map(Borrow::borrow).collect();
    let result = match (function, arguments.as_slice()) {
        (Function::Contains, [Document::Array(elements), value]) => {
            Some(elements.iter().any(|element| equal(element, value)).into())
        }
        (Function::Contains, [Document::String(text), Document::String(part)]) => {
            Some(text.contains(part.as_str()).into())
        }
        (Function::EndsWith, [Document::String(text), Document::String(end)]) => {
            Some(text.ends_with(end.as_str()).into())
        }
        (Function::StartsWith, [Document::String(text), Document::String(beginning)]) => {
            Some(text.starts_with(beginning.as_str()).into())
        }
        (Function::Keys, [Document::Object(entries)]) => {
            Some(entries.keys().map(|key| Document::from(key.as_str())).collect())
        }
        (Function::Values, [Document::Object(entries)]) => {
            Some(entries.values().cloned().collect())
        }
        (Function::Length, [value]) => length(value).map(Document::from),
        (Function::NotNull, values) => {
            values.iter().find(|value| !value.is_null()).map(|value| (*value).clone())
        }
        _ => None,
    };
    result.unwrap_or(Document::Null)
}

fn length(value: &Document) -> Option<usize> {
    match value {
        Document::String(text) => Some(text.chars().count()),
        Document::Array(elements) => Some(elements.len()),
        Document::Object(entries) => Some(entries.len()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::document::document as json;

    #[test]
    fn functions_follow_jmespath() {
        use Function::*;
        let table = [
            (Contains, vec![json!(["a", 1]), json!(1.0)], json!(true)),
            (Contains, vec![json!("abc"), json!("bc")], json!(true)),
            (Contains, vec![json!("abc"), json!(1)], json!(null)),
            (Contains, vec![json!(null), json!(1)], json!(null)),
            (EndsWith, vec![json!("abc"), json!("bc")], json!(true)),
            (StartsWith, vec![json!("abc"), json!("bc")], json!(false)),
            (Keys, vec![json!({"a": 1})], json!(["a"])),
            (Values, vec![json!({"a": 1})], json!([1])),
            (Length, vec![json!("äb")], json!(2)),
            (Length, vec![json!([1])], json!(1)),
            (Length, vec![json!({})], json!(0)),
            (Length, vec![json!(7)], json!(null)),
            (NotNull, vec![json!(null), json!(0), json!(1)], json!(0)),
            (NotNull, vec![json!(null)], json!(null)),
        ];
        for (function, arguments, expected) in table {
            let arguments: Vec<_> = arguments.iter().map(Cow::Borrowed).collect();
            assert_eq!(call(function, &arguments), expected, "{function:?} {arguments:?}");
        }
    }
}
