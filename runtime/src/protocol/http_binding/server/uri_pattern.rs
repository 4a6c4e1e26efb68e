//! Matches the path and the query of a request with those of an operation.

use crate::protocol::http_binding::uri::split_label;
use crate::protocol::url_text::{decode_pairs, decode_segment};

/// The path of an operation, with labels, and its literal query.
#[derive(Debug, Clone)]
pub struct UriPattern {
    segments: Vec<Segment>,
    literal_query: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
enum Segment {
    Literal(&'static str),
    /// A label, with the text before and after it in the same segment.
    Label {
        before: &'static str,
        name: &'static str,
        after: &'static str,
    },
    /// A label whose value can contain slashes.
    Greedy(&'static str),
}

/// How specific a pattern is. If several operations match, the one with the greatest value is used:
/// literal text takes precedence over labels, and labels over greedy labels.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Specificity {
    segments: Vec<u8>,
    literal_parameters: usize,
}

impl UriPattern {
    /// Parses the URI of an operation.
    #[must_use]
    pub fn new(uri: &'static str) -> Self {
        let (path, query) = split(uri);
        let segments = path.split('/').map(Segment::new).collect();
        Self { segments, literal_query: decode_pairs(query) }
    }

    /// Returns how specific the pattern is, or `None` if it does not match.
    #[must_use]
    pub fn matches(&self, path_and_query: &str) -> Option<Specificity> {
        let (path, query) = split(path_and_query);
        self.labels(path)?;
        let parameters = decode_pairs(query);
        let literals = &self.literal_query;
        literals.iter().all(|literal| parameters.contains(literal)).then(|| Specificity {
            segments: self.segments.iter().map(Segment::specificity).collect(),
            literal_parameters: literals.len(),
        })
    }

    /// Returns the names and values of the labels if the path matches.
    pub(crate) fn labels(&self, path: &str) -> Option<Vec<(&'static str, String)>> {
        let received: Vec<_> = path.split('/').collect();
        let extra = received.len().checked_sub(self.segments.len())?;
        let mut received = received.into_iter();
        let mut labels = Vec::new();
        for segment in &self.segments {
            match *segment {
                Segment::Literal(text) => {
                    if decode_segment(received.next()?) != text {
                        return None;
                    }
                }
                Segment::Label { before, name, after } => {
                    let text = received.next()?.strip_prefix(before)?.strip_suffix(after)?;
                    labels.push((name, decode_segment(text)));
                }
                Segment::Greedy(name) => {
                    let rest: Vec<_> = received.by_ref().take(extra + 1).collect();
                    labels.push((name, decode_segment(&rest.join("/"))));
                }
            }
        }
        let is_complete = received.next().is_none();
        (is_complete && labels.iter().all(|(_, value)| !value.is_empty())).then_some(labels)
    }

    /// Returns true if the literal query of the operation contains this parameter.
    pub(crate) fn has_literal(&self, name: &str) -> bool {
        self.literal_query.iter().any(|(literal, _)| literal == name)
    }
}

impl Segment {
    fn new(text: &'static str) -> Self {
        match split_label(text) {
            Some((before, name, after)) => match name.strip_suffix('+') {
                Some(name) => Self::Greedy(name),
                None => Self::Label { before, name, after },
            },
            None => Self::Literal(text),
        }
    }

    fn specificity(&self) -> u8 {
        match self {
            Self::Literal(_) => 2,
            Self::Label { .. } => 1,
            Self::Greedy(_) => 0,
        }
    }
}

/// Splits a target into its path and its query.
pub(crate) fn split(path_and_query: &str) -> (&str, &str) {
    path_and_query.split_once('?').unwrap_or((path_and_query, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(uri: &'static str, path: &str) -> Option<Vec<String>> {
        let labels = UriPattern::new(uri).labels(path)?;
        Some(labels.into_iter().map(|(name, value)| format!("{name}={value}")).collect())
    }

    #[test]
    fn labels_are_found_and_decoded() {
        let table: [(&str, &str, Option<&[&str]>); 14] = [
            ("/", "/", Some(&[])),
            ("/a/{b}", "/a/x%2Fy%20z", Some(&["b=x/y z"])),
            ("/a/{b}", "/a/", None),
            ("/a/{b}", "/a/x/y", None),
            ("/a/{b}/c", "/a/x/c", Some(&["b=x"])),
            ("/a/{b}/c", "/a/x/d", None),
            ("/a/{b+}", "/a/x/y%2F/z", Some(&["b=x/y//z"])),
            ("/a/{b+}/c", "/a/x/y/c", Some(&["b=x/y"])),
            ("/a/{b+}/c", "/a/c", None),
            ("/{a}/{b}", "/x/y", Some(&["a=x", "b=y"])),
            ("/{a}:run", "/x:run", Some(&["a=x"])),
            ("/{a}:run", "/x:stop", None),
            ("/a/", "/a", None),
            ("/a", "/a%62", None),
        ];
        for (uri, path, expected) in table {
            let expected =
                expected.map(|labels| labels.iter().map(|&label| label.to_owned()).collect());
            assert_eq!(labels(uri, path), expected, "{uri} {path}");
        }
    }

    #[test]
    fn the_literal_query_must_be_present() {
        let pattern = UriPattern::new("/a?list&type=2");
        for (target, expected) in [
            ("/a?type=2&list", true),
            ("/a?list=&type=2&x=y", true),
            ("/a?list", false),
            ("/a?list&type=3", false),
            ("/a", false),
        ] {
            assert_eq!(pattern.matches(target).is_some(), expected, "{target}");
        }
    }

    #[test]
    fn the_most_exact_pattern_is_the_greatest() {
        let ascending =
            ["/{a+}", "/{a}/{b+}", "/{a}/x", "/y/{b+}", "/y/{b}", "/y/{b}?p", "/y/x", "/y/x?p"];
        let found = ascending.map(|uri| UriPattern::new(uri).matches("/y/x?p"));
        assert!(found.iter().all(Option::is_some), "{found:?}");
        assert!(found.is_sorted(), "{found:?}");
    }
}
