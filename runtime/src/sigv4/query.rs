//! The canonical form of a query.

use std::borrow::Cow;

use percent_encoding::{percent_decode_str, percent_encode};

use crate::http::percent::ENCODED;

/// Returns the names and values of a query, percent-encoded and sorted in that form. A parameter
/// without `=` has an empty value. `+` is a space, as in HTML forms.
pub(super) fn sorted_parameters(query: &str) -> Vec<(String, String)> {
    let mut parameters: Vec<_> = query
        .split('&')
        .filter(|parameter| !parameter.is_empty())
        .map(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            (encode_once(name), encode_once(value))
        })
        .collect();
    parameters.sort_unstable();
    parameters
}

/// Encodes a part of a query in the only form that is canonical: `%7e` becomes `~`, and `:` becomes
/// `%3A`.
fn encode_once(text: &str) -> String {
    let text = match text.contains('+') {
        true => Cow::Owned(text.replace('+', " ")),
        false => Cow::Borrowed(text),
    };
    let decoded = Cow::from(percent_decode_str(&text));
    percent_encode(&decoded, ENCODED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(query: &str) -> String {
        let parameters = sorted_parameters(query);
        let pairs: Vec<_> =
            parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&")
    }

    #[test]
    fn parameters_are_encoded_and_sorted_by_name_and_value() {
        let table = [
            ("", ""),
            ("&&", ""),
            ("a", "a="),
            ("=", "="),
            ("=b", "=b"),
            ("a=b=c", "a=b%3Dc"),
            ("b=1&a=2&a=1&A=3", "A=3&a=1&a=2&b=1"),
            // The name `a` is before `a-b`, although `-` is before `=`.
            ("a-b=1&a=2", "a=2&a-b=1"),
            ("a=+%20%2B", "a=%20%20%2B"),
            ("%7e=%3a:", "~=%3A%3A"),
            ("a=%&b=%zz&c=%2", "a=%25&b=%25zz&c=%252"),
            ("é=ሴ", "%C3%A9=%E1%88%B4"),
            ("a=%ff", "a=%FF"),
        ];
        for (query, expected) in table {
            assert_eq!(canonical(query), expected, "{query}");
            assert_eq!(canonical(expected), expected, "canonical form of {query}");
        }
    }
}
