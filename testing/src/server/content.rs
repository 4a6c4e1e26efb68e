//! The content of a download, and the range of it that a `Range` header requests.
//!
//! Content is never copied, however large it is.

use std::fmt;
use std::ops::Range;

use bytes::Bytes;

/// The content of a download: bytes in one or more chunks.
///
/// ```
/// use longshore_testing::Content;
///
/// let whole = Content::from("a layer");
/// let chunks: Content = ["a ", "layer"].into_iter().collect();
/// assert_eq!(whole.len(), chunks.len());
/// ```
#[derive(Clone, Default)]
pub struct Content(Vec<Bytes>);

impl Content {
    /// Returns the length in bytes.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.0.iter().map(|chunk| chunk.len() as u64).sum()
    }

    /// Returns `true` if the content has no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Bytes::is_empty)
    }

    /// The chunks that are not empty.
    pub(super) fn into_chunks(self) -> Vec<Bytes> {
        self.0.into_iter().filter(|chunk| !chunk.is_empty()).collect()
    }

    pub(super) fn slice(&self, range: Range<u64>) -> Self {
        let mut start = 0;
        let slices = self.0.iter().map(|chunk| {
            let end = start + chunk.len() as u64;
            let (from, to) = (range.start.clamp(start, end), range.end.clamp(start, end));
            let slice = chunk.slice((from - start) as usize..(to.max(from) - start) as usize);
            start = end;
            slice
        });
        Self(slices.collect())
    }
}

/// Prints the length only.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content({} bytes in {} chunks)", self.len(), self.0.len())
    }
}

impl From<Vec<Bytes>> for Content {
    fn from(chunks: Vec<Bytes>) -> Self {
        Self(chunks)
    }
}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        Self(vec![bytes])
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Content {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl From<&'static [u8]> for Content {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

/// Collects chunks.
impl<C: Into<Bytes>> FromIterator<C> for Content {
    fn from_iter<I: IntoIterator<Item = C>>(chunks: I) -> Self {
        Self(chunks.into_iter().map(Into::into).collect())
    }
}

/// Appends chunks.
impl<C: Into<Bytes>> Extend<C> for Content {
    fn extend<I: IntoIterator<Item = C>>(&mut self, chunks: I) {
        self.0.extend(chunks.into_iter().map(Into::into));
    }
}

/// Returns the chunks, without copying them.
impl IntoIterator for Content {
    type Item = Bytes;
    type IntoIter = std::vec::IntoIter<Bytes>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Returns the chunks.
impl<'a> IntoIterator for &'a Content {
    type Item = &'a Bytes;
    type IntoIter = std::slice::Iter<'a, Bytes>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// The range that a request specifies.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum RequestedRange {
    /// The whole content: there is no `Range` header, or a server may ignore it.
    Whole,
    Part(Range<u64>),
    /// The range begins after the end of the content.
    Unsatisfiable,
}

/// Parses a `Range` header for content of this length. Headers with several ranges and malformed
/// headers request the whole content (RFC 9110, section 14.2).
pub(super) fn requested_range(header: Option<&str>, length: u64) -> RequestedRange {
    use RequestedRange::{Part, Unsatisfiable, Whole};

    let range = header.and_then(|header| header.trim().strip_prefix("bytes=")?.split_once('-'));
    let Some((first, last)) = range else { return Whole };
    match (parse_digits(first), parse_digits(last)) {
        (Some(first), Some(last)) if first > last => Whole,
        (Some(first), _) if first >= length && is_range_end(last) => Unsatisfiable,
        (Some(first), Some(last)) => Part(first..last.saturating_add(1).min(length)),
        (Some(first), None) if last.is_empty() => Part(first..length),
        (None, Some(0)) if first.is_empty() => Unsatisfiable,
        (None, Some(_)) if first.is_empty() && length == 0 => Unsatisfiable,
        (None, Some(count)) if first.is_empty() => Part(length.saturating_sub(count)..length),
        _ => Whole,
    }
}

/// Returns `true` for a number, or nothing, after the dash of a range.
fn is_range_end(last: &str) -> bool {
    last.is_empty() || parse_digits(last).is_some()
}

/// Parses a number of digits only. `str::parse` alone would accept a sign.
pub(crate) fn parse_digits(digits: &str) -> Option<u64> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_header_is_parsed_by_the_rules_of_http() {
        let table = [
            (None, RequestedRange::Whole),
            (Some("bytes=0-0"), RequestedRange::Part(0..1)),
            (Some("bytes=2-4"), RequestedRange::Part(2..5)),
            (Some("bytes=2-400"), RequestedRange::Part(2..10)),
            (Some("bytes=2-18446744073709551615"), RequestedRange::Part(2..10)),
            (Some("bytes=9-"), RequestedRange::Part(9..10)),
            (Some("bytes=-3"), RequestedRange::Part(7..10)),
            (Some("bytes=-30"), RequestedRange::Part(0..10)),
            (Some("bytes=10-"), RequestedRange::Unsatisfiable),
            (Some("bytes=10-12"), RequestedRange::Unsatisfiable),
            (Some("bytes=-0"), RequestedRange::Unsatisfiable),
            (Some("bytes=4-2"), RequestedRange::Whole),
            (Some("bytes=-"), RequestedRange::Whole),
            (Some("bytes=+1-2"), RequestedRange::Whole),
            (Some("bytes=0-1,3-4"), RequestedRange::Whole),
            (Some("bytes=12-x"), RequestedRange::Whole),
            (Some("lines=0-1"), RequestedRange::Whole),
        ];
        for (header, expected) in table {
            assert_eq!(requested_range(header, 10), expected, "{header:?}");
        }
        assert_eq!(requested_range(Some("bytes=0-"), 0), RequestedRange::Unsatisfiable);
        assert_eq!(requested_range(Some("bytes=-1"), 0), RequestedRange::Unsatisfiable);
    }

    #[test]
    fn content_is_a_list_of_chunks() {
        let mut content: Content = ["abc", ""].into_iter().collect();
        content.extend([vec![b'd'], vec![b'e', b'f']]);
        let expected = ["abc", "", "d", "ef"].map(Bytes::from);
        assert_eq!((&content).into_iter().collect::<Vec<_>>(), expected.iter().collect::<Vec<_>>());
        assert_eq!(content.len(), 6);
        assert_eq!(content.into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_slice_may_span_chunks() {
        let content = Content::from(vec!["abc".into(), Bytes::new(), "defg".into(), "h".into()]);
        let text = |range| content.slice(range).into_chunks().concat();
        assert_eq!(text(0..8), b"abcdefgh");
        assert_eq!(text(2..4), b"cd");
        assert_eq!(text(3..7), b"defg");
        assert_eq!(text(7..8), b"h");
        assert_eq!(text(4..4), b"");
        assert_eq!(format!("{content:?}"), "Content(8 bytes in 4 chunks)");
    }
}
