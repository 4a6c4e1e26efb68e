//! Builds the path and the query of a request: labels and percent-encoding.

use percent_encoding::{AsciiSet, percent_decode_str, utf8_percent_encode};

use crate::http::percent::{ENCODED, ENCODED_IN_PATH};

fn push_encoded(out: &mut String, text: &str, encoded: &'static AsciiSet) {
    out.extend(utf8_percent_encode(text, encoded));
}

/// Why a path cannot be built.
#[derive(Debug, PartialEq)]
pub(super) enum LabelError {
    /// The label has no value.
    Missing(String),
    /// The value is empty.
    Empty(String),
}

/// Replaces the labels in the path of an operation, such as `/functions/{FunctionName}`. Slashes in
/// a greedy label, such as `{Key+}`, are kept.
pub(super) fn expand<'a>(
    template: &str,
    value: impl Fn(&str) -> Option<&'a str>,
) -> Result<String, LabelError> {
    let mut path = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((literal, label, after)) = split_label(rest) {
        path.push_str(literal);
        let (name, encoded) = match label.strip_suffix('+') {
            Some(name) => (name, ENCODED_IN_PATH),
            None => (label, ENCODED),
        };
        let value = value(name).ok_or_else(|| LabelError::Missing(name.to_owned()))?;
        if value.is_empty() {
            return Err(LabelError::Empty(name.to_owned()));
        }
        push_encoded(&mut path, value, encoded);
        rest = after;
    }
    path.push_str(rest);
    Ok(path)
}

/// Splits a template at its first label, into the text before it, its name and the text after it.
pub(super) fn split_label(template: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = template.split_once('{')?;
    let (label, after) = rest.split_once('}')?;
    Some((literal, label, after))
}

/// Adds a parameter to a query.
pub(super) fn push_parameter(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    push_encoded(query, name, ENCODED);
    query.push('=');
    push_encoded(query, value, ENCODED);
}

/// Returns true if a query, such as `list-type=2&acl`, has this parameter. Names in the query are
/// percent-encoded, and `name` is not.
pub(super) fn has_parameter(query: &str, name: &str) -> bool {
    let mut names = query.split('&').filter_map(|pair| pair.split('=').next());
    names.any(|encoded| percent_decode_str(encoded).eq(name.bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(template: &str, value: &str) -> Result<String, LabelError> {
        expand(template, |name| (name == "a").then_some(value))
    }

    #[test]
    fn labels_are_percent_encoded() {
        let table = [
            ("/x/{a}", "b", "/x/b"),
            ("/x/{a}/y", "b/c d", "/x/b%2Fc%20d/y"),
            ("/x/{a+}", "b/c d", "/x/b/c%20d"),
            ("/{a}", "-._~!*'()%", "/-._~%21%2A%27%28%29%25"),
            ("/{a}", "\u{e4}\u{1f600}", "/%C3%A4%F0%9F%98%80"),
            ("/(a+)+/{a}{a}", "b", "/(a+)+/bb"),
            ("/", "b", "/"),
            ("/x{a", "b", "/x{a"),
            ("/{a}/x{a", "b", "/b/x{a"),
        ];
        for (template, value, expected) in table {
            assert_eq!(expanded(template, value).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn labels_need_a_value() {
        assert_eq!(expanded("/{b}", "x"), Err(LabelError::Missing("b".to_owned())));
        assert_eq!(expanded("/{a+}", ""), Err(LabelError::Empty("a".to_owned())));
    }

    #[test]
    fn parameters_are_added_and_found() {
        let mut query = String::from("acl&type=2");
        push_parameter(&mut query, "a b", "c&d=+");
        assert_eq!(query, "acl&type=2&a%20b=c%26d%3D%2B");
        assert!(has_parameter("acl&type=2", "acl") && has_parameter("acl&type=2", "type"));
        assert!(!has_parameter("acl&type=2", "typ") && !has_parameter("", "a"));
        assert!(has_parameter(&query, "a b") && has_parameter("x&%c3%a9=1", "\u{e9}"));
        assert!(!has_parameter(&query, "a%20b") && !has_parameter("%zz", "%"));
    }
}
