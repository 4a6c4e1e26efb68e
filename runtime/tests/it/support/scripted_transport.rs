//! A transport without sockets, for tests with a paused clock: with a socket, the clock would
//! advance whenever the socket is idle.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use longshore_runtime::{BoxFuture, Transport, TransportError};

/// The status and the body of a response.
type Scripted = Option<(u16, String)>;

/// Responds immediately with these statuses and bodies, in order. For `None`, the request never
/// gets a response.
#[derive(Debug, Clone, Default)]
pub struct ScriptedTransport {
    script: Arc<Mutex<VecDeque<Scripted>>>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl ScriptedTransport {
    pub fn new(script: impl IntoIterator<Item = Scripted>) -> Self {
        let script = Arc::new(Mutex::new(script.into_iter().collect()));
        Self { script, requests: Arc::default() }
    }

    /// The methods and paths of the requests.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("the requests").clone()
    }
}

impl Transport for ScriptedTransport {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
        let line = format!("{} {}", request.method(), request.uri().path());
        self.requests.lock().expect("the requests").push(line);
        match self.script.lock().expect("the script").pop_front().expect("a response") {
            None => Box::pin(std::future::pending()),
            Some((status, body)) => {
                let response = http::Response::builder().status(status).body(body.into());
                Box::pin(std::future::ready(Ok(response.expect("a response"))))
            }
        }
    }
}
