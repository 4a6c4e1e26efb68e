//! The canonical form of a path.

use std::borrow::Cow;

use percent_encoding::{PercentEncode, utf8_percent_encode};

use crate::http::percent::ENCODED_IN_PATH;

/// Percent-encodes a path that is already encoded, so that `%` becomes `%25`.
pub(super) fn encode_again(path: &str) -> PercentEncode<'_> {
    utf8_percent_encode(path, ENCODED_IN_PATH)
}

/// Removes empty segments and resolves the segments `.` and `..`. A slash at the end remains, and
/// the result always starts with a slash.
pub(super) fn normalize(path: &str) -> Cow<'_, str> {
    if path.starts_with('/') && !path.contains("/.") && !path.contains("//") {
        return Cow::Borrowed(path);
    }
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            name => segments.push(name),
        }
    }
    let mut normalized = String::with_capacity(path.len() + 1);
    for segment in &segments {
        normalized.push('/');
        normalized.push_str(segment);
    }
    let is_folder = matches!(path.rsplit('/').next(), None | Some("" | "." | ".."));
    if is_folder || segments.is_empty() {
        normalized.push('/');
    }
    Cow::Owned(normalized)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_normalized() {
        let table = [
            ("", "/"),
            ("/", "/"),
            ("//", "/"),
            ("*", "/*"),
            ("/a", "/a"),
            ("/a/", "/a/"),
            ("a/b", "/a/b"),
            ("/a//b//", "/a/b/"),
            ("/a/.", "/a/"),
            ("/a/..", "/"),
            ("/a/b/..", "/a/"),
            ("/../../a", "/a"),
            ("/a/./b/../c", "/a/c"),
            ("/.a/b./..c/...", "/.a/b./..c/..."),
            ("/%2E%2E/a", "/%2E%2E/a"),
        ];
        for (path, expected) in table {
            assert_eq!(normalize(path), expected, "{path}");
        }
    }

    #[test]
    fn every_byte_but_slashes_and_unreserved_characters_is_encoded() {
        let encoded: String = encode_again("/aZ0-._~/%20+@:é").collect();
        assert_eq!(encoded, "/aZ0-._~/%2520%2B%40%3A%C3%A9");
    }
}
