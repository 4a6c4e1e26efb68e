//! A server behind proxies and TLS, in any order.

use std::collections::VecDeque;
use std::io::{BufReader, Read, Write};
use std::sync::{Arc, Mutex};

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::listener::Listener;
use super::server::{CannedResponse, ReceivedRequest, read_request};

trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

/// A layer that a connection passes before its requests reach the server.
#[derive(Clone)]
pub enum Layer {
    /// A proxy that sends this response to `CONNECT` and opens the tunnel if its status is 200.
    Proxy(&'static str),
    /// TLS with a certificate.
    Tls(Arc<ServerConfig>),
}

/// A proxy that opens every tunnel.
pub const OPEN_PROXY: Layer = Layer::Proxy("HTTP/1.1 200 Here you go\r\n\r\n");

/// A server that is reached through layers; it stops listening when it is dropped.
pub struct LayeredServer {
    /// `127.0.0.1:` and the port.
    pub address: String,
    requests: Arc<Mutex<Vec<ReceivedRequest>>>,
    _listener: Listener,
}

impl LayeredServer {
    /// Starts a server that sends these responses to the requests that pass all layers.
    pub fn start(layers: Vec<Layer>, script: impl IntoIterator<Item = CannedResponse>) -> Self {
        let requests = Arc::new(Mutex::new(Vec::new()));
        let script = Mutex::new(script.into_iter().collect::<VecDeque<_>>());
        let received = Arc::clone(&requests);
        let listener = Listener::start(move |stream, number| {
            let stream = pass_layers(Box::new(stream), &layers, number, &received);
            stream.and_then(|stream| serve(stream, number, &received, &script));
        });
        Self { address: listener.address.clone(), requests, _listener: listener }
    }

    /// All requests, including those to proxies.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.requests.lock().expect("the list").clone()
    }

    pub fn lines(&self) -> Vec<String> {
        self.requests().into_iter().map(|request| request.line).collect()
    }
}

fn pass_layers(
    mut stream: Box<dyn Stream>,
    layers: &[Layer],
    number: usize,
    received: &Mutex<Vec<ReceivedRequest>>,
) -> Option<Box<dyn Stream>> {
    for layer in layers {
        stream = match layer {
            Layer::Proxy(response) => {
                // A byte at a time, so that nothing after the request is read.
                let request = read_request(&mut BufReader::with_capacity(1, &mut stream), number)?;
                received.lock().expect("the list").push(request);
                stream.write_all(response.as_bytes()).ok()?;
                response.starts_with("HTTP/1.1 200").then_some(stream)?
            }
            Layer::Tls(config) => {
                let connection = ServerConnection::new(Arc::clone(config)).expect("TLS");
                Box::new(StreamOwned::new(connection, stream))
            }
        };
    }
    Some(stream)
}

fn serve(
    stream: Box<dyn Stream>,
    number: usize,
    received: &Mutex<Vec<ReceivedRequest>>,
    script: &Mutex<VecDeque<CannedResponse>>,
) -> Option<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let request = read_request(&mut reader, number)?;
        received.lock().expect("the list").push(request);
        let response = script.lock().expect("the script").pop_front()?;
        reader.get_mut().write_all(&response.bytes).ok()?;
        reader.get_mut().flush().ok()?;
        if response.closes() {
            // Without `close_notify`, as many servers do.
            return None;
        }
    }
}
