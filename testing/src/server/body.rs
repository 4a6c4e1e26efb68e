//! Bodies: a request's as one piece of memory, an answer's as the pieces it has.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec::IntoIter;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming, SizeHint};

/// The most that is set aside for a body because its header says so.
const PREPARED: u64 = 64 * 1024 * 1024;

/// The whole of a request's body.
pub(super) async fn read(mut body: Incoming) -> Result<Bytes, hyper::Error> {
    let declared = body.size_hint().lower().min(PREPARED) as usize;
    let mut all = Vec::with_capacity(declared);
    while let Some(frame) = body.frame().await {
        // Trailers are no part of it.
        if let Ok(data) = frame?.into_data() {
            all.extend_from_slice(&data);
        }
    }
    Ok(all.into())
}

/// An answer's body, piece by piece.
pub(super) struct Pieces {
    rest: IntoIter<Bytes>,
    /// What the head says is still to come.
    left: u64,
    /// How much of that comes before the connection ends.
    sent: u64,
    /// Whether the rest was waited for once, so that what came before it is on its way.
    waited: bool,
}

impl Pieces {
    pub(super) fn new(pieces: Vec<Bytes>) -> Self {
        let left = pieces.iter().map(|piece| piece.len() as u64).sum();
        Self { rest: pieces.into_iter(), left, sent: left, waited: false }
    }

    /// Ends in the middle.
    pub(super) fn truncated(self) -> Self {
        Self { sent: self.left / 2, ..self }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.left > 0 && self.sent == 0 {
            if !std::mem::replace(&mut self.waited, true) {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            return Poll::Ready(Some(Err(io::Error::other("a fault ends the answer here"))));
        }
        let Some(mut piece) = self.rest.next() else { return Poll::Ready(None) };
        piece.truncate(usize::try_from(self.sent).unwrap_or(usize::MAX));
        self.left -= piece.len() as u64;
        self.sent -= piece.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
