//! A transport that records when attempts begin and end, on tokio's clock.
//!
//! A paused clock advances to the next timer whenever the runtime is idle, even while bytes are in
//! transit. A blocking task keeps the clock from advancing, so each request holds one until its
//! response is complete, or until the server has stalled and only a timer can end the attempt.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use longshore_runtime::{BoxFuture, HttpTransport, Transport, TransportError};
use tokio::time::Instant;

use super::server::Server;

#[derive(Clone)]
pub struct TimedTransport {
    transport: Arc<HttpTransport>,
    server: Server,
    times: Arc<Mutex<Vec<(Instant, Instant)>>>,
}

impl TimedTransport {
    pub fn new(server: &Server) -> Self {
        Self { transport: Arc::default(), server: server.clone(), times: Arc::default() }
    }

    /// The delays between attempts.
    pub fn delays(&self) -> Vec<Duration> {
        let times = self.times.lock().expect("the times");
        times.windows(2).map(|pair| pair[1].0 - pair[0].1).collect()
    }

    /// The durations of the attempts.
    pub fn durations(&self) -> Vec<Duration> {
        let times = self.times.lock().expect("the times");
        times.iter().map(|(begin, end)| *end - *begin).collect()
    }
}

impl std::fmt::Debug for TimedTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TimedTransport")
    }
}

impl Transport for TimedTransport {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let attempt = Attempt::begin(self);
        Box::pin(async move {
            let _attempt = attempt;
            self.transport.send(request).await
        })
    }
}

/// A request in progress, which keeps the clock from advancing.
struct Attempt {
    server: Server,
    ended: Arc<AtomicBool>,
    times: Arc<Mutex<Vec<(Instant, Instant)>>>,
    begin: Instant,
}

impl Attempt {
    fn begin(transport: &TimedTransport) -> Self {
        let TimedTransport { server, times, .. } = transport.clone();
        let ended = Arc::new(AtomicBool::new(false));
        let stalled = server.stalled() + 1;
        let (waiting, done) = (server.clone(), Arc::clone(&ended));
        tokio::task::spawn_blocking(move || {
            waiting.wait_stalled(stalled, || done.load(Ordering::SeqCst));
        });
        Self { server, ended, times, begin: Instant::now() }
    }
}

/// Runs even if a timeout ends the attempt.
impl Drop for Attempt {
    fn drop(&mut self) {
        self.times.lock().expect("the times").push((self.begin, Instant::now()));
        self.ended.store(true, Ordering::SeqCst);
        self.server.wake();
    }
}
