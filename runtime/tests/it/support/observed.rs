//! A transport that notes when requests go out and answers are there, on tokio's clock.
//!
//! A paused clock jumps to the next timer whenever the runtime has nothing to do, and that is so
//! while bytes are on their way, too. A blocking task keeps the clock where it is, so there is one
//! from the beginning of a request until its answer is there, or until the server has stalled and
//! there is nothing but the clock to wait for.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use longshore_runtime::{BoxFuture, HttpTransport, Transport, TransportError};
use tokio::time::Instant;

use super::server::Server;

#[derive(Clone)]
pub struct Observed {
    transport: Arc<HttpTransport>,
    server: Server,
    times: Arc<Mutex<Vec<(Instant, Instant)>>>,
}

impl Observed {
    pub fn new(server: &Server) -> Self {
        Self { transport: Arc::default(), server: server.clone(), times: Arc::default() }
    }

    /// The delays between an attempt and the next one.
    pub fn delays(&self) -> Vec<Duration> {
        let times = self.times.lock().expect("the times");
        times.windows(2).map(|pair| pair[1].0 - pair[0].1).collect()
    }

    /// How long the attempts took.
    pub fn durations(&self) -> Vec<Duration> {
        let times = self.times.lock().expect("the times");
        times.iter().map(|(begin, end)| *end - *begin).collect()
    }
}

impl std::fmt::Debug for Observed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Observed")
    }
}

impl Transport for Observed {
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

/// A request on its way, which holds the clock.
struct Attempt {
    server: Server,
    over: Arc<AtomicBool>,
    times: Arc<Mutex<Vec<(Instant, Instant)>>>,
    begin: Instant,
}

impl Attempt {
    fn begin(observed: &Observed) -> Self {
        let Observed { server, times, .. } = observed.clone();
        let over = Arc::new(AtomicBool::new(false));
        let stalled = server.stalled() + 1;
        let (waiting, done) = (server.clone(), Arc::clone(&over));
        tokio::task::spawn_blocking(move || {
            waiting.wait_stalled(stalled, || done.load(Ordering::SeqCst));
        });
        Self { server, over, times, begin: Instant::now() }
    }
}

/// Also where a limit has ended it.
impl Drop for Attempt {
    fn drop(&mut self) {
        self.times.lock().expect("the times").push((self.begin, Instant::now()));
        self.over.store(true, Ordering::SeqCst);
        self.server.wake();
    }
}
