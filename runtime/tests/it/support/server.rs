//! A server on the loopback address that records the requests it receives and sends scripted
//! responses.
//!
//! It reads and writes bytes instead of using the HTTP library under test, so that it records what
//! was really on the wire.

use std::collections::VecDeque;
use std::io::{BufReader, Write};
use std::net::TcpStream;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

pub use super::canned_response::CannedResponse;
use super::canned_response::Then;
use super::listener::Listener;
pub use super::received_request::{ReceivedRequest, read_request};

/// How long a test waits for an event before it fails.
const MAX_WAIT: Duration = Duration::from_secs(30);

/// A running server; clones share it, and it stops listening when the last one is dropped.
#[derive(Clone)]
pub struct Server {
    pub url: String,
    shared: Arc<Shared>,
    _listener: Arc<Listener>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    script: VecDeque<CannedResponse>,
    requests: Vec<ReceivedRequest>,
    /// Responses that were begun and will not be completed.
    stalled: usize,
    /// Connections that have ended.
    closed: usize,
    /// Bytes of floods that were sent.
    flooded: usize,
    before_response: Option<Arc<dyn Fn() + Send + Sync>>,
}

impl Server {
    /// Starts a server that sends these responses to requests, in order. It closes the connection
    /// of any further request.
    pub fn start(script: impl IntoIterator<Item = CannedResponse>) -> Self {
        let shared = Arc::new(Shared::default());
        shared.lock().script = script.into_iter().collect();
        let serving = Arc::clone(&shared);
        let listener = Listener::start(move |stream, number| {
            serve(&stream, number, &serving);
            // Close the connection before it counts as closed.
            drop(stream);
            serving.change(|state| state.closed += 1);
        });
        Self { url: format!("http://{}", listener.address), shared, _listener: Arc::new(listener) }
    }

    /// Runs `action` after each request, before its response is sent.
    #[cfg(feature = "credential-chain")]
    pub fn before_response(&self, action: impl Fn() + Send + Sync + 'static) {
        self.shared.lock().before_response = Some(Arc::new(action));
    }

    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.shared.lock().requests.clone()
    }

    /// The only request that was received.
    pub fn request(&self) -> ReceivedRequest {
        let mut all = self.requests();
        assert_eq!(all.len(), 1, "one request");
        all.remove(0)
    }

    /// How many bytes of floods were sent.
    pub fn flooded(&self) -> usize {
        self.shared.lock().flooded
    }

    /// How many responses were begun and will not be completed.
    pub fn stalled(&self) -> usize {
        self.shared.lock().stalled
    }

    /// Blocks until this many connections have ended.
    pub fn wait_closed(&self, connections: usize) {
        self.shared.wait(|state| state.closed >= connections);
    }

    /// Blocks until this many responses have stalled, or until `otherwise` returns true.
    pub fn wait_stalled(&self, responses: usize, otherwise: impl Fn() -> bool) {
        self.shared.wait(|state| state.stalled >= responses || otherwise());
    }

    /// Makes waiting threads check their conditions again.
    pub fn wake(&self) {
        self.shared.change(|_| {});
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("the state of the server")
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    fn wait(&self, until: impl Fn(&State) -> bool) {
        let waiting = self.changed.wait_timeout_while(self.lock(), MAX_WAIT, |state| !until(state));
        assert!(!waiting.expect("the state of the server").1.timed_out(), "waited too long");
    }
}

fn serve(stream: &TcpStream, connection: usize, shared: &Shared) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read_request(&mut reader, connection) {
        let (response, action) = {
            let mut state = shared.lock();
            state.requests.push(request);
            (state.script.pop_front(), state.before_response.clone())
        };
        let Some(response) = response else { return };
        if let Some(action) = action {
            action();
        }
        if (&*stream).write_all(&response.bytes).is_err()
            || follow_up(stream, &response.then, shared).is_none()
        {
            return;
        }
    }
}

/// Performs the action that follows a response, or returns `None` if the connection has ended.
fn follow_up(mut stream: &TcpStream, then: &Then, shared: &Shared) -> Option<()> {
    match then {
        Then::KeepAlive => Some(()),
        Then::Stall => {
            shared.change(|state| state.stalled += 1);
            Some(())
        }
        Then::Drip => {
            shared.change(|state| state.stalled += 1);
            loop {
                thread::sleep(Duration::from_secs(1));
                stream.write_all(b" ").ok()?;
            }
        }
        Then::Flood(bytes) => {
            let piece = [b'x'; 64 * 1024];
            let mut left = *bytes;
            while left > 0 {
                let written = stream.write(&piece[..left.min(piece.len())]).ok()?;
                left -= written;
                shared.change(|state| state.flooded += written);
            }
            Some(())
        }
        Then::Close => None,
        Then::Reset => {
            let socket = socket2::SockRef::from(stream);
            socket.set_linger(Some(Duration::ZERO)).expect("a socket");
            None
        }
    }
}
