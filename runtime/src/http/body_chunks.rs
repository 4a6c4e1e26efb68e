//! Reads the body of a request chunk by chunk, and encodes large blobs on the way.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use base64_simd::STANDARD as BASE64;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::http::request_body::{RequestBody, Segment};

/// The number of bytes of a blob that are encoded at a time. It is a multiple of three, so that
/// only the last chunk has padding, and small enough that the result is still in the second-level
/// cache when it is hashed or sent.
const WINDOW: usize = 48 * 1024;

/// The chunks of a [`RequestBody`], in order.
///
/// It implements the trait `Body` of the crate `http-body`, so other HTTP clients can send it.
pub struct BodyChunks {
    body: RequestBody,
    /// The index of the segment after `current`.
    next: usize,
    /// The rest of the current segment.
    current: Option<Segment>,
    /// The number of bytes that have not been returned yet.
    remaining: u64,
}

impl BodyChunks {
    pub(super) fn new(body: RequestBody) -> Self {
        let remaining = body.len();
        Self { body, next: 0, current: None, remaining }
    }

    /// Returns the next chunk, which may be empty.
    fn next_chunk(&mut self) -> Option<Bytes> {
        let segment = self.current.take().or_else(|| {
            let segment = self.body.segment(self.next);
            self.next += 1;
            segment
        });
        match segment? {
            Segment::Plain(bytes) => Some(bytes),
            Segment::Base64(mut bytes) => {
                let window = bytes.split_to(bytes.len().min(WINDOW));
                if !bytes.is_empty() {
                    self.current = Some(Segment::Base64(bytes));
                }
                Some(encoded(&window))
            }
        }
    }
}

fn encoded(bytes: &[u8]) -> Bytes {
    let mut text = Vec::with_capacity(BASE64.encoded_length(bytes.len()));
    BASE64.encode_append(bytes, &mut text);
    text.into()
}

impl Iterator for BodyChunks {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        while self.remaining > 0 {
            let chunk = self.next_chunk()?;
            if !chunk.is_empty() {
                self.remaining = self.remaining.saturating_sub(chunk.len() as u64);
                return Some(chunk);
            }
        }
        None
    }
}

impl Body for BodyChunks {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.next().map(|chunk| Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.remaining == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.remaining)
    }
}

/// Prints only the length of the rest, because a body may contain secrets.
impl fmt::Debug for BodyChunks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BodyChunks({} bytes)", self.remaining)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pseudo_random(length: usize) -> Bytes {
        (0..length).map(|i| (i * 31 % 251) as u8).collect()
    }

    #[test]
    fn the_chunks_are_the_base64_at_every_border_of_a_window() {
        for windows in 0..3 {
            for length in (windows * WINDOW).saturating_sub(4)..=windows * WINDOW + 4 {
                let blob = pseudo_random(length);
                let expected = ["{\"a\":\"", &BASE64.encode_to_string(&blob), "\"}"].concat();
                let body = RequestBody::from_segments(vec![
                    Segment::Plain("{\"a\":\"".into()),
                    Segment::Base64(blob),
                    Segment::Plain("\"}".into()),
                ]);
                assert_eq!(body.len(), expected.len() as u64, "{length}");
                assert!(body.chunks().all(|chunk| chunk.len() <= 64 * 1024), "{length}");
                assert_eq!(body.chunks().collect::<Vec<_>>().concat(), expected.as_bytes());
                assert_eq!(body.into_bytes(), expected, "{length}");
            }
        }
    }

    #[test]
    fn a_body_in_one_piece_is_one_chunk() {
        let body = RequestBody::from("text");
        let mut chunks = body.chunks();
        assert_eq!((chunks.is_end_stream(), Body::size_hint(&chunks).exact()), (false, Some(4)));
        assert_eq!(chunks.next().as_deref(), Some(&b"text"[..]));
        assert_eq!((chunks.is_end_stream(), Body::size_hint(&chunks).exact()), (true, Some(0)));
        assert_eq!(chunks.next(), None);
        assert!(RequestBody::default().chunks().is_end_stream());
        let empty = RequestBody::from_segments(vec![Segment::Plain(Bytes::new())]);
        assert_eq!((empty.is_empty(), empty.chunks().next()), (true, None));
    }

    #[test]
    fn debug_output_contains_no_bytes() {
        let body = RequestBody::from_segments(vec![Segment::Base64(pseudo_random(2 * WINDOW))]);
        let mut chunks = body.chunks();
        assert_eq!(
            format!("{body:?} {chunks:?}"),
            "RequestBody(131072 bytes) BodyChunks(131072 bytes)"
        );
        assert!(chunks.next().is_some());
        assert_eq!(format!("{chunks:?}"), "BodyChunks(65536 bytes)");
    }
}
