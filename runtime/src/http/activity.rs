//! The activity of a connection: whether it has carried a response before, whether a response has
//! begun, and when bytes were last transferred.
//!
//! It observes bytes above TLS, so that session tickets and close notifications do not count as
//! part of a response. It does not parse HTTP; the transport reports each response.

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

/// The activity of one connection. The task that drives the connection writes it, and tasks that
/// wait for a response read it. The fields are independent of each other, so relaxed atomics
/// suffice.
#[derive(Debug)]
pub(crate) struct Activity {
    /// Whether the connection has carried a response.
    had_response: AtomicBool,
    /// Whether bytes were received since bytes were last sent.
    receiving: AtomicBool,
    /// Whether the connection was dropped.
    closed: AtomicBool,
    opened_at: Instant,
    /// The time of the last transfer, in nanoseconds since `opened_at`.
    last_transfer: AtomicU64,
    /// Whether to record `last_transfer`: reading the clock for every transfer is not free.
    track_time: bool,
}

impl Activity {
    fn new(track_time: bool) -> Self {
        Self {
            had_response: AtomicBool::new(false),
            receiving: AtomicBool::new(false),
            closed: AtomicBool::new(false),
            opened_at: Instant::now(),
            last_transfer: AtomicU64::new(0),
            track_time,
        }
    }

    /// Records that the connection has carried a response.
    pub(crate) fn record_response(&self) {
        self.had_response.store(true, Ordering::Relaxed);
    }

    /// Returns true if the connection has carried a response before and nothing was received since
    /// the last send. An error then most likely means that the server closed the connection before
    /// it saw the request.
    pub(crate) fn is_stale(&self) -> bool {
        self.had_response.load(Ordering::Relaxed) && !self.receiving.load(Ordering::Relaxed)
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    /// Returns the time of the last transfer in either direction.
    pub(crate) fn last_transfer(&self) -> Instant {
        self.opened_at + Duration::from_nanos(self.last_transfer.load(Ordering::Relaxed))
    }

    fn record_received(&self) {
        self.receiving.store(true, Ordering::Relaxed);
        self.record_time();
    }

    fn record_sent(&self) {
        self.receiving.store(false, Ordering::Relaxed);
        self.record_time();
    }

    fn record_time(&self) {
        if self.track_time {
            let nanoseconds = self.opened_at.elapsed().as_nanos();
            self.last_transfer.store(nanoseconds.try_into().unwrap_or(u64::MAX), Ordering::Relaxed);
        }
    }

    /// Returns the activity of a connection that this transport opened.
    pub(crate) fn of(connected: &Connected) -> Option<Arc<Self>> {
        let mut extras = Extensions::new();
        connected.get_extras(&mut extras);
        Self::take_from(&mut extras)
    }

    /// Removes the activity from the extensions of a response.
    pub(crate) fn take_from(extensions: &mut Extensions) -> Option<Arc<Self>> {
        extensions.remove::<Arc<Self>>()
    }
}

/// A connection that records its activity.
#[derive(Debug)]
pub(crate) struct TrackedConnection<T> {
    // A `TokioIo`, because tokio's read interface allows counting the bytes of a read without
    // `unsafe`, and hyper's does not.
    io: TokioIo<T>,
    activity: Arc<Activity>,
    proxied: bool,
}

impl<T> TrackedConnection<T> {
    /// Wraps `io`. Transfer times are recorded if `track_time` is set. `proxied` is true if the
    /// peer is a proxy that receives requests with absolute URLs.
    pub(crate) fn new(io: T, track_time: bool, proxied: bool) -> TokioIo<Self> {
        let activity = Arc::new(Activity::new(track_time));
        TokioIo::new(Self { io: TokioIo::new(io), activity, proxied })
    }
}

impl<T> Drop for TrackedConnection<T> {
    fn drop(&mut self) {
        self.activity.closed.store(true, Ordering::Relaxed);
    }
}

impl<T> Connection for TrackedConnection<T> {
    fn connected(&self) -> Connected {
        Connected::new().proxy(self.proxied).extra(Arc::clone(&self.activity))
    }
}

impl<T: Read + Unpin> AsyncRead for TrackedConnection<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.io).poll_read(context, buffer))?;
        if buffer.filled().len() > before {
            self.activity.record_received();
        }
        Poll::Ready(Ok(()))
    }
}

impl<T: Write + Unpin> AsyncWrite for TrackedConnection<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let sent = ready!(Pin::new(&mut self.io).poll_write(context, bytes))?;
        self.activity.record_sent();
        Poll::Ready(Ok(sent))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = ready!(Pin::new(&mut self.io).poll_write_vectored(context, bytes))?;
        self.activity.record_sent();
        Poll::Ready(Ok(sent))
    }

    /// Vectored writes send headers and body together without copying them into one buffer.
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
    async fn activity_is_recorded() {
        let (client, mut server) = tokio::io::duplex(64);
        let tracked = TrackedConnection::new(TokioIo::new(client), true, false);
        // Vectored writes are passed through, so that large bodies are not copied.
        assert!(hyper::rt::Write::is_write_vectored(&tracked));
        let mut tracked = tracked.into_inner();
        let activity = Arc::clone(&tracked.activity);

        tracked.write_all(b"?").await.expect("sent");
        activity.record_response();
        assert!(activity.is_stale());
        server.write_all(b"!").await.expect("sent");
        tokio::time::advance(Duration::from_secs(3)).await;
        tracked.read_u8().await.expect("received");
        assert!(!activity.is_stale());
        assert_eq!(activity.last_transfer(), Instant::now());

        tokio::time::advance(Duration::from_secs(3)).await;
        drop(server);
        assert_eq!(tracked.read(&mut [0]).await.expect("end of stream"), 0);
        assert_eq!(activity.last_transfer() + Duration::from_secs(3), Instant::now());
        assert!(!activity.is_closed());
        drop(tracked);
        assert!(activity.is_closed());
    }
}
