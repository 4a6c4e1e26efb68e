//! The body of a request: text and large blobs, which are encoded while they are sent.

use std::fmt;
use std::sync::Arc;

use base64_simd::STANDARD as BASE64;
use bytes::Bytes;

use crate::http::body_chunks::BodyChunks;

/// The body of a request. Clones share its bytes.
///
/// A large blob is not stored as base64. It is encoded chunk by chunk, for the signature
/// and for each attempt, so that a request needs no second copy of the blob in memory.
///
/// ```
/// use longshore_runtime::RequestBody;
///
/// let body = RequestBody::from("{}");
/// assert_eq!(body.len(), 2);
/// assert_eq!(body.into_bytes(), "{}");
/// ```
#[derive(Clone, Default)]
pub struct RequestBody {
    segments: Segments,
    length: u64,
}

#[derive(Clone)]
enum Segments {
    One(Bytes),
    Several(Arc<[Segment]>),
}

/// A part of a body.
#[derive(Clone)]
pub(crate) enum Segment {
    /// Bytes that are sent as they are.
    Plain(Bytes),
    /// Bytes that are sent as base64.
    Base64(Bytes),
}

impl Segment {
    /// Returns the length of the segment as it is sent.
    fn len(&self) -> u64 {
        let length = match self {
            Self::Plain(bytes) => bytes.len(),
            Self::Base64(bytes) => BASE64.encoded_length(bytes.len()),
        };
        length as u64
    }
}

impl RequestBody {
    pub(crate) fn from_segments(segments: Vec<Segment>) -> Self {
        let length = segments.iter().map(Segment::len).sum();
        Self { segments: Segments::Several(segments.into()), length }
    }

    /// Returns the number of bytes that are sent.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.length
    }

    /// Returns true if the body has no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Returns the bytes in chunks. A chunk is at most 64 KiB, unless it is already in memory as it
    /// is sent.
    #[must_use]
    pub fn chunks(&self) -> BodyChunks {
        BodyChunks::new(self.clone())
    }

    /// Returns all bytes. If the body has a large blob, this encodes it as a whole.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        if let Segments::One(bytes) = self.segments {
            return bytes;
        }
        let mut all = Vec::with_capacity(self.length as usize);
        self.chunks().for_each(|chunk| all.extend_from_slice(&chunk));
        all.into()
    }

    /// Returns the segment with this index. A body in one piece consists of one segment.
    pub(crate) fn segment(&self, index: usize) -> Option<Segment> {
        match &self.segments {
            Segments::One(bytes) => (index == 0).then(|| Segment::Plain(bytes.clone())),
            Segments::Several(segments) => segments.get(index).cloned(),
        }
    }
}

impl Default for Segments {
    fn default() -> Self {
        Self::One(Bytes::new())
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self { length: bytes.len() as u64, segments: Segments::One(bytes) }
    }
}

impl From<Vec<u8>> for RequestBody {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for RequestBody {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static [u8]> for RequestBody {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<&'static str> for RequestBody {
    fn from(text: &'static str) -> Self {
        text.as_bytes().into()
    }
}

/// Prints only the length, because a body may contain secrets.
impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestBody({} bytes)", self.length)
    }
}
