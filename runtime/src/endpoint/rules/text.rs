//! The string and list functions of the endpoint rules.

use percent_encoding::utf8_percent_encode;

use crate::http::percent::ENCODED;

/// Returns the characters from `start` up to `stop`, counted from the end if `reverse` is set
/// (`substring`). Returns `None` if the text is too short or not ASCII.
#[must_use]
pub fn substring(text: &str, start: usize, stop: usize, reverse: bool) -> Option<&str> {
    if !text.is_ascii() || start >= stop || stop > text.len() {
        return None;
    }
    let range = if reverse { text.len() - stop..text.len() - start } else { start..stop };
    text.get(range)
}

/// Splits a text at a delimiter into at most `limit` parts, or any number if `limit` is 0
/// (`split`). An empty delimiter does not split the text.
#[must_use]
pub fn split<'a>(text: &'a str, delimiter: &str, limit: usize) -> Vec<&'a str> {
    match (delimiter, limit) {
        ("", _) => vec![text],
        (_, 0) => text.split(delimiter).collect(),
        _ => text.splitn(limit, delimiter).collect(),
    }
}

/// Percent-encodes all bytes except letters, digits and `-_.~`, with uppercase hexadecimal digits
/// (`uriEncode`).
#[must_use]
pub fn uri_encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).collect()
}

/// Returns the element at `index`, or `None` if the list is too short (an index of `getAttr`).
#[must_use]
pub fn element<'a>(list: &[&'a str], index: usize) -> Option<&'a str> {
    list.get(index).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn substrings() {
        let table = [
            ("abcde", 0, 4, false, Some("abcd")),
            ("abcde", 0, 5, false, Some("abcde")),
            ("abcde", 1, 3, false, Some("bc")),
            ("abcde", 0, 4, true, Some("bcde")),
            ("abcde", 1, 3, true, Some("cd")),
            ("abcde", 0, 5, true, Some("abcde")),
            ("abcde", 0, 6, false, None),
            ("abcde", 0, 6, true, None),
            ("abcde", 2, 2, false, None),
            ("abcde", 3, 2, false, None),
            ("abcde", 6, 7, false, None),
            ("", 0, 0, false, None),
            ("", 0, 1, true, None),
            ("äbcd", 1, 2, false, None),
            ("abc\u{1f600}", 0, 2, false, None),
            ("abcde", 0, usize::MAX, true, None),
        ];
        for (text, start, stop, reverse, expected) in table {
            assert_eq!(substring(text, start, stop, reverse), expected, "{text} {start} {stop}");
        }
    }

    #[test]
    fn splits() {
        let table: [(&str, &str, usize, &[&str]); 11] = [
            ("a--b--c", "--", 0, &["a", "b", "c"]),
            ("a--b--c", "--", 2, &["a", "b--c"]),
            ("a--b--c", "--", 1, &["a--b--c"]),
            ("a--b--c", "--", 9, &["a", "b", "c"]),
            ("--b--", "--", 0, &["", "b", ""]),
            ("----", "--", 0, &["", "", ""]),
            ("-a-", "--", 0, &["-a-"]),
            ("", "--", 0, &[""]),
            ("", "--", 2, &[""]),
            ("abc", "", 0, &["abc"]),
            ("äöü", "ö", 0, &["ä", "ü"]),
        ];
        for (text, delimiter, limit, expected) in table {
            assert_eq!(split(text, delimiter, limit), expected, "{text} {delimiter} {limit}");
        }
    }

    #[test]
    fn percent_encoding() {
        let table = [
            ("", ""),
            ("azAZ09-_.~", "azAZ09-_.~"),
            ("a b", "a%20b"),
            ("/:,?#[]{}|@!", "%2F%3A%2C%3F%23%5B%5D%7B%7D%7C%40%21"),
            ("$&'()*+;=%<>\"^`\\", "%24%26%27%28%29%2A%2B%3B%3D%25%3C%3E%22%5E%60%5C"),
            ("ä\u{1f600}\n", "%C3%A4%F0%9F%98%80%0A"),
        ];
        for (text, expected) in table {
            assert_eq!(uri_encode(text), expected);
        }
    }

    #[test]
    fn a_missing_element_is_none() {
        assert_eq!(element(&["a", "b"], 1), Some("b"));
        assert_eq!(element(&["a", "b"], 2), None);
        assert_eq!(element(&[], usize::MAX), None);
    }
}
