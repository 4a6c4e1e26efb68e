//! What is answered where somebody downloads: pieces of memory, and the part of them that a request
//! asks for.
//!
//! Nothing is copied, however large it is.

use std::fmt;
use std::ops::Range;

use bytes::Bytes;

/// Bytes in as many pieces as they come in, served as a stream.
///
/// ```
/// use bytes::Bytes;
/// use longshore_testing::Content;
///
/// let whole = Content::from("a layer");
/// let pieces = Content::from(vec![Bytes::from("a "), Bytes::from("layer")]);
/// assert_eq!(whole.len(), pieces.len());
/// ```
#[derive(Clone, Default)]
pub struct Content(Vec<Bytes>);

impl Content {
    /// How many bytes it is.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.0.iter().map(|piece| piece.len() as u64).sum()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Bytes::is_empty)
    }

    /// The pieces that are not empty.
    pub(super) fn into_pieces(self) -> Vec<Bytes> {
        self.0.into_iter().filter(|piece| !piece.is_empty()).collect()
    }

    /// A part of it.
    pub(super) fn part(&self, range: Range<u64>) -> Self {
        let mut start = 0;
        let parts = self.0.iter().map(|piece| {
            let end = start + piece.len() as u64;
            let (from, to) = (range.start.clamp(start, end), range.end.clamp(start, end));
            let part = piece.slice((from - start) as usize..(to.max(from) - start) as usize);
            start = end;
            part
        });
        Self(parts.collect())
    }
}

/// How much, and nothing of it.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content({} bytes in {} pieces)", self.len(), self.0.len())
    }
}

impl From<Vec<Bytes>> for Content {
    fn from(pieces: Vec<Bytes>) -> Self {
        Self(pieces)
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

/// What a `Range` header asks of so many bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of them: there is no header, or one that servers may ignore.
    All,
    /// These.
    Part(Range<u64>),
    /// What is not there.
    Beyond,
}

/// Reads a `Range` header. One with several ranges, or in another form, asks for everything.
pub(super) fn wanted(header: Option<&str>, length: u64) -> Wanted {
    let range = header.and_then(|header| header.trim().strip_prefix("bytes=")?.split_once('-'));
    let Some((first, last)) = range else { return Wanted::All };
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first > last => Wanted::All,
        (Some(first), _) if first >= length && fits(last) => Wanted::Beyond,
        (Some(first), Some(last)) => Wanted::Part(first..last.saturating_add(1).min(length)),
        (Some(first), None) if last.is_empty() => Wanted::Part(first..length),
        (None, Some(0)) if first.is_empty() => Wanted::Beyond,
        (None, Some(_)) if first.is_empty() && length == 0 => Wanted::Beyond,
        (None, Some(count)) if first.is_empty() => {
            Wanted::Part(length.saturating_sub(count)..length)
        }
        _ => Wanted::All,
    }
}

/// Whether it can be the end of a range.
fn fits(last: &str) -> bool {
    last.is_empty() || number(last).is_some()
}

/// `parse` would take a sign.
fn number(digits: &str) -> Option<u64> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_servers_read_it() {
        let table = [
            (None, Wanted::All),
            (Some("bytes=0-0"), Wanted::Part(0..1)),
            (Some("bytes=2-4"), Wanted::Part(2..5)),
            (Some("bytes=2-400"), Wanted::Part(2..10)),
            (Some("bytes=2-18446744073709551615"), Wanted::Part(2..10)),
            (Some("bytes=9-"), Wanted::Part(9..10)),
            (Some("bytes=-3"), Wanted::Part(7..10)),
            (Some("bytes=-30"), Wanted::Part(0..10)),
            (Some("bytes=10-"), Wanted::Beyond),
            (Some("bytes=10-12"), Wanted::Beyond),
            (Some("bytes=-0"), Wanted::Beyond),
            (Some("bytes=4-2"), Wanted::All),
            (Some("bytes=-"), Wanted::All),
            (Some("bytes=+1-2"), Wanted::All),
            (Some("bytes=0-1,3-4"), Wanted::All),
            (Some("bytes=12-x"), Wanted::All),
            (Some("lines=0-1"), Wanted::All),
        ];
        for (header, expected) in table {
            assert_eq!(wanted(header, 10), expected, "{header:?}");
        }
        assert_eq!(wanted(Some("bytes=0-"), 0), Wanted::Beyond);
        assert_eq!(wanted(Some("bytes=-1"), 0), Wanted::Beyond);
    }

    #[test]
    fn a_part_goes_over_the_borders_of_pieces() {
        let content = Content::from(vec!["abc".into(), Bytes::new(), "defg".into(), "h".into()]);
        let text = |range| content.part(range).into_pieces().concat();
        assert_eq!(text(0..8), b"abcdefgh");
        assert_eq!(text(2..4), b"cd");
        assert_eq!(text(3..7), b"defg");
        assert_eq!(text(7..8), b"h");
        assert_eq!(text(4..4), b"");
        assert_eq!(format!("{content:?}"), "Content(8 bytes in 4 pieces)");
    }
}
