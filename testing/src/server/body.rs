//! HTTP bodies: requests are read into one buffer, responses are sent as a list of chunks.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec::IntoIter;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, SizeHint};

/// The largest buffer that is allocated because of a `Content-Length` header alone.
const MAX_PREALLOCATION: u64 = 64 * 1024 * 1024;

/// The largest body of a request, in bytes.
pub(super) const MAX_BODY: usize = 1024 * 1024 * 1024;

/// Reads the whole body of a request; `None` if it is longer than `limit`. The rest of a longer
/// body is read and discarded, so that the client receives the response.
pub(super) async fn read<B>(mut body: B, limit: usize) -> Result<Option<Bytes>, B::Error>
where
    B: Body<Data = Bytes> + Unpin,
{
    let declared = body.size_hint().lower().min(MAX_PREALLOCATION) as usize;
    let mut buffer = Some(Vec::with_capacity(declared));
    while let Some(frame) = body.frame().await {
        // Trailers are ignored.
        let Ok(data) = frame?.into_data() else { continue };
        buffer = buffer.filter(|buffer| buffer.len() + data.len() <= limit);
        buffer.iter_mut().for_each(|buffer| buffer.extend_from_slice(&data));
    }
    Ok(buffer.map(Bytes::from))
}

/// The body of a response, sent chunk by chunk.
pub(super) struct Chunks {
    chunks: IntoIter<Bytes>,
    /// How many bytes the headers promise that have not been sent yet.
    promised: u64,
    /// How many of these bytes are sent before the connection is closed.
    remaining: u64,
    /// Whether the body has yielded once at the end of `remaining`, so that the bytes before it are
    /// flushed.
    yielded: bool,
}

impl Chunks {
    pub(super) fn new(chunks: Vec<Bytes>) -> Self {
        let length = chunks.iter().map(|chunk| chunk.len() as u64).sum();
        Self { chunks: chunks.into_iter(), promised: length, remaining: length, yielded: false }
    }

    /// Ends the body with an error after half of its bytes.
    pub(super) fn truncated(self) -> Self {
        Self { remaining: self.promised / 2, ..self }
    }
}

impl Body for Chunks {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.promised > 0 && self.remaining == 0 {
            if !std::mem::replace(&mut self.yielded, true) {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            return Poll::Ready(Some(Err(io::Error::other(
                "the response is truncated by a fault",
            ))));
        }
        let Some(mut chunk) = self.chunks.next() else { return Poll::Ready(None) };
        chunk.truncate(usize::try_from(self.remaining).unwrap_or(usize::MAX));
        self.promised -= chunk.len() as u64;
        self.remaining -= chunk.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.promised)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_beyond_the_limit_is_discarded() {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let runtime = runtime.unwrap_or_else(|error| panic!("{error}"));
        let body = || Chunks::new(vec!["abc".into(), "de".into(), "f".into()]);
        let read = |limit| runtime.block_on(read(body(), limit)).ok().flatten();
        assert_eq!(read(6).as_deref(), Some(&b"abcdef"[..]));
        assert_eq!(read(5), None);
        assert_eq!(read(4), None);
    }
}
