//! The activity of a connection: whether it is reused, when its current request began, whether
//! bytes of the response were received, and when bytes were last transferred.
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
    /// Whether the transport has reported a response to the current request.
    responded: AtomicBool,
    /// Whether bytes were received since the current request began.
    received: AtomicBool,
    /// Whether the current request is not the first one.
    reused: AtomicBool,
    /// Whether the peer has responded with TLS to a request without TLS.
    received_tls: AtomicBool,
    /// The time of the first transfer of the current request, in nanoseconds since `opened_at`.
    /// Measured only for reused connections.
    request_began: AtomicU64,
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
            responded: AtomicBool::new(false),
            received: AtomicBool::new(false),
            reused: AtomicBool::new(false),
            received_tls: AtomicBool::new(false),
            request_began: AtomicU64::new(0),
            closed: AtomicBool::new(false),
            opened_at: Instant::now(),
            last_transfer: AtomicU64::new(0),
            track_time,
        }
    }

    /// Records that the current request has a response. Bytes sent after this belong to another
    /// request.
    pub(crate) fn record_response(&self) {
        self.responded.store(true, Ordering::Relaxed);
    }

    /// Returns true if the connection has carried a response before, the current request began at
    /// most `window` ago, and nothing was received since. If the connection has ended, the server
    /// most likely closed it before it received the request.
    pub(crate) fn is_stale(&self, window: Duration) -> bool {
        self.reused.load(Ordering::Relaxed)
            && !self.received.load(Ordering::Relaxed)
            && self.time(&self.request_began).elapsed() <= window
    }

    /// Returns true if the peer has responded with TLS to a request without TLS.
    pub(crate) fn received_tls(&self) -> bool {
        self.received_tls.load(Ordering::Relaxed)
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    /// Returns the time of the last transfer in either direction.
    pub(crate) fn last_transfer(&self) -> Instant {
        self.time(&self.last_transfer)
    }

    fn record_received(&self, bytes: &[u8]) {
        if !self.received.swap(true, Ordering::Relaxed) && begins_like_tls(bytes) {
            self.received_tls.store(true, Ordering::Relaxed);
        }
        self.record_transfer();
    }

    fn record_sent(&self) {
        if self.responded.swap(false, Ordering::Relaxed) {
            self.store_now(&self.request_began);
            self.received.store(false, Ordering::Relaxed);
            self.reused.store(true, Ordering::Relaxed);
        }
        self.record_transfer();
    }

    fn record_transfer(&self) {
        if self.track_time {
            self.store_now(&self.last_transfer);
        }
    }

    fn store_now(&self, time: &AtomicU64) {
        let nanoseconds = self.opened_at.elapsed().as_nanos();
        time.store(nanoseconds.try_into().unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn time(&self, nanoseconds: &AtomicU64) -> Instant {
        self.opened_at + Duration::from_nanos(nanoseconds.load(Ordering::Relaxed))
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

/// Returns true if the bytes begin like a TLS record: an alert or a handshake message of TLS 1.x or
/// SSL 3. An HTTP response begins with a letter.
fn begins_like_tls(bytes: &[u8]) -> bool {
    matches!(bytes, [0x15 | 0x16, 0x03, ..])
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
        let received = &buffer.filled()[before..];
        if !received.is_empty() {
            self.activity.record_received(received);
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
        server.write_all(b"!").await.expect("sent");
        tokio::time::advance(Duration::from_secs(3)).await;
        tracked.read_u8().await.expect("received");
        assert_eq!(activity.last_transfer(), Instant::now());

        tokio::time::advance(Duration::from_secs(3)).await;
        drop(server);
        assert_eq!(tracked.read(&mut [0]).await.expect("end of stream"), 0);
        assert_eq!(activity.last_transfer() + Duration::from_secs(3), Instant::now());
        assert!(!activity.is_closed());
        drop(tracked);
        assert!(activity.is_closed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_reused_connection_is_stale_for_a_short_time_if_nothing_was_received() {
        const WINDOW: Duration = Duration::from_millis(10);
        let (client, mut server) = tokio::io::duplex(64);
        let mut tracked = TrackedConnection::new(TokioIo::new(client), false, false).into_inner();
        let activity = Arc::clone(&tracked.activity);

        tracked.write_all(b"1").await.expect("sent");
        assert!(!activity.is_stale(WINDOW), "the first request");
        activity.record_response();
        assert!(!activity.is_stale(WINDOW), "no request");

        tracked.write_all(b"2").await.expect("sent");
        tokio::time::advance(WINDOW).await;
        assert!(activity.is_stale(WINDOW));
        // The time counts from the first byte of the request.
        tracked.write_all(b"2").await.expect("sent");
        tokio::time::advance(Duration::from_millis(1)).await;
        assert!(!activity.is_stale(WINDOW), "too late");
        assert!(activity.is_stale(2 * WINDOW));

        server.write_all(b"!").await.expect("sent");
        tracked.read_u8().await.expect("received");
        assert!(!activity.is_stale(2 * WINDOW), "a byte of the response");
        // The rest of a request whose response has begun is not another request.
        tracked.write_all(b"2").await.expect("sent");
        assert!(!activity.is_stale(2 * WINDOW), "a byte of the response");
    }

    #[test]
    fn an_answer_with_tls_is_recognized() {
        for (answer, expected) in [
            (&b"\x15\x03\x03\x00\x02\x02\x0a"[..], true),
            (b"\x16\x03\x01", true),
            (b"HTTP/1.1 200 OK", false),
            (b"\x15", false),
            (b"\x17\x03\x03", false),
            (b"", false),
        ] {
            assert_eq!(begins_like_tls(answer), expected, "{answer:?}");
        }
    }
}
