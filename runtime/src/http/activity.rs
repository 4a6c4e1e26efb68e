//! What happens on a connection: whether it was used before, whether the answer has begun, and when
//! a byte last moved.
//!
//! It sees bytes above TLS, so that neither the end of a session nor its tickets count as a part of an
//! answer. It knows no HTTP: what it is told is that a request was answered.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::Extensions;
use hyper::rt::{Read, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

/// The life of one connection. It is written by the task that drives the connection, and read by
/// those that wait for what it does; no two of its parts have to agree.
#[derive(Debug)]
pub(crate) struct Activity {
    /// Whether an answer has come over it.
    used: AtomicBool,
    /// Whether something came since something was last sent.
    answering: AtomicBool,
    /// Whether it is gone.
    closed: AtomicBool,
    opened: Instant,
    /// When a byte last moved, in nanoseconds since it was opened.
    moved: AtomicU64,
    /// Whether anybody asks when a byte moved: a look at the clock for each is not free.
    timed: bool,
}

impl Activity {
    fn new(timed: bool) -> Self {
        Self {
            used: AtomicBool::new(false),
            answering: AtomicBool::new(false),
            closed: AtomicBool::new(false),
            opened: Instant::now(),
            moved: AtomicU64::new(0),
            timed,
        }
    }

    /// Notes that an answer has come.
    pub(crate) fn mark_used(&self) {
        self.used.store(true, Ordering::Relaxed);
    }

    /// Whether an earlier answer came over the connection, and nothing since the last request. An
    /// error then most likely means that the server had closed it before it saw the request.
    pub(crate) fn is_stale(&self) -> bool {
        self.used.load(Ordering::Relaxed) && !self.answering.load(Ordering::Relaxed)
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    /// When a byte last moved in either direction.
    pub(crate) fn moved(&self) -> Instant {
        self.opened + Duration::from_nanos(self.moved.load(Ordering::Relaxed))
    }

    fn received(&self) {
        self.answering.store(true, Ordering::Relaxed);
        self.note_time();
    }

    fn sent(&self) {
        self.answering.store(false, Ordering::Relaxed);
        self.note_time();
    }

    fn note_time(&self) {
        if self.timed {
            let nanoseconds = self.opened.elapsed().as_nanos();
            self.moved.store(nanoseconds.try_into().unwrap_or(u64::MAX), Ordering::Relaxed);
        }
    }

    /// The activity of a connection of ours.
    pub(crate) fn of(connected: &Connected) -> Option<Arc<Self>> {
        let mut extras = Extensions::new();
        connected.get_extras(&mut extras);
        Self::taken_from(&mut extras)
    }

    /// The activity among what an answer carries.
    pub(crate) fn taken_from(extensions: &mut Extensions) -> Option<Arc<Self>> {
        extensions.remove::<Arc<Self>>()
    }
}

/// A connection that is looked at.
#[derive(Debug)]
pub(crate) struct Watched<T> {
    // Its inner type is the library's, whose reads are counted without `unsafe` only in tokio's form.
    io: TokioIo<T>,
    activity: Arc<Activity>,
    proxied: bool,
}

impl<T> Watched<T> {
    /// Looks at `io`. The times at which bytes move are kept where `timed` asks for it. A `proxied`
    /// connection is one to a proxy that is told in each request where it goes.
    pub(crate) fn new(io: T, timed: bool, proxied: bool) -> TokioIo<Self> {
        let activity = Arc::new(Activity::new(timed));
        TokioIo::new(Self { io: TokioIo::new(io), activity, proxied })
    }
}

impl<T> Drop for Watched<T> {
    fn drop(&mut self) {
        self.activity.closed.store(true, Ordering::Relaxed);
    }
}

impl<T> Connection for Watched<T> {
    fn connected(&self) -> Connected {
        Connected::new().proxy(self.proxied).extra(Arc::clone(&self.activity))
    }
}

impl<T: Read + Unpin> AsyncRead for Watched<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.io).poll_read(context, buffer))?;
        if buffer.filled().len() > before {
            self.activity.received();
        }
        Poll::Ready(Ok(()))
    }
}

impl<T: Write + Unpin> AsyncWrite for Watched<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let sent = ready!(Pin::new(&mut self.io).poll_write(context, bytes))?;
        self.activity.sent();
        Poll::Ready(Ok(sent))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = ready!(Pin::new(&mut self.io).poll_write_vectored(context, bytes))?;
        self.activity.sent();
        Poll::Ready(Ok(sent))
    }

    /// That head and body are sent together without being copied into one piece depends on this.
    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_happens_on_a_connection_is_noted() {
        let (ours, mut theirs) = tokio::io::duplex(64);
        let watched = Watched::new(TokioIo::new(ours), true, false);
        // As the pipe does it and as sockets do it, so that large bodies are not copied.
        assert!(hyper::rt::Write::is_write_vectored(&watched));
        let mut watched = watched.into_inner();
        let activity = Arc::clone(&watched.activity);

        watched.write_all(b"?").await.expect("it is sent");
        activity.mark_used();
        assert!(activity.is_stale());
        theirs.write_all(b"!").await.expect("it is sent");
        tokio::time::advance(Duration::from_secs(3)).await;
        watched.read_u8().await.expect("it comes");
        assert!(!activity.is_stale());
        assert_eq!(activity.moved(), Instant::now());

        tokio::time::advance(Duration::from_secs(3)).await;
        drop(theirs);
        assert_eq!(watched.read(&mut [0]).await.expect("an end"), 0);
        assert_eq!(activity.moved() + Duration::from_secs(3), Instant::now());
        assert!(!activity.is_closed());
        drop(watched);
        assert!(activity.is_closed());
    }
}
