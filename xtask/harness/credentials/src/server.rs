//! The scripted server: simulates all services on one loopback port and records every request.
//!
//! Each run has a server of its own, so that every request belongs to the run.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::request::Request;
use crate::responses::respond;

/// The read timeout, so that a client that stops in the middle of a request does not block the
/// server.
const READ_LIMIT: Duration = Duration::from_secs(5);

/// The header that an instance metadata response needs if it contains a token. Clients ignore it in
/// other responses.
const TOKEN_LIFETIME: &str = "X-Aws-Ec2-Metadata-Token-Ttl-Seconds: 21600";

/// A running server, which is stopped on drop.
#[derive(Debug)]
pub struct Server {
    port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
    stopped: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server on a free port.
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let stopped = Arc::new(AtomicBool::new(false));
        let (record, stop) = (Arc::clone(&requests), Arc::clone(&stopped));
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                // A client may close the connection at any time.
                drop(stream.and_then(|stream| serve(stream, &record)));
            }
        });
        Ok(Self { port, requests, stopped, thread: Some(thread) })
    }

    /// The URL of the server.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Stops the server and returns what it received.
    #[must_use]
    pub fn finish(mut self) -> Vec<Request> {
        self.stop();
        std::mem::take(&mut self.requests.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn stop(&mut self) {
        if let Some(thread) = self.thread.take() {
            self.stopped.store(true, Ordering::SeqCst);
            // Wakes the thread, which waits for a connection.
            drop(TcpStream::connect(("127.0.0.1", self.port)));
            drop(thread.join());
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Serves one request and closes the connection.
fn serve(mut stream: TcpStream, requests: &Mutex<Vec<Request>>) -> io::Result<()> {
    stream.set_read_timeout(Some(READ_LIMIT))?;
    let Some(request) = read(&stream)? else { return Ok(()) };
    let response = respond(&request);
    requests.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    write!(
        stream,
        "HTTP/1.1 {} -\r\nContent-Type: {}\r\nContent-Length: {}\r\n{TOKEN_LIFETIME}\r\nConnection: close\r\n\r\n{}",
        response.status,
        response.content_type,
        response.body.len(),
        response.body
    )
}

fn read(stream: &TcpStream) -> io::Result<Option<Request>> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut words = first.split_whitespace();
    let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
    let mut request = Request::new(method, target);
    let mut line = String::new();
    while reader.read_line(&mut line)? > 0 && !line.trim().is_empty() {
        if let Some((name, value)) = line.split_once(':') {
            request.headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
        line.clear();
    }
    let length = request.header("content-length").parse().unwrap_or(0_u64);
    let mut body = Vec::new();
    reader.take(length).read_to_end(&mut body)?;
    request.body = String::from_utf8_lossy(&body).into_owned();
    Ok(Some(request))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn send(server: &Server, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).expect("connected");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut response = String::new();
        stream.read_to_string(&mut response).expect("a response");
        response
    }

    #[test]
    fn every_request_gets_a_response_and_is_recorded() {
        let server = Server::start().expect("a server");
        let role = "Action=AssumeRole&RoleArn=arn:aws:iam::1:role/dev";
        let sts = format!("POST / HTTP/1.1\r\nContent-Length: {}\r\n\r\n{role}", role.len());
        assert!(send(&server, &sts).contains("<AccessKeyId>devBYWEB</AccessKeyId>"));
        let connect = "CONNECT sts.amazonaws.com:443 HTTP/1.1\r\n\r\n";
        assert!(send(&server, connect).starts_with("HTTP/1.1 403 "));
        let token = "PUT /latest/api/token HTTP/1.1\r\n\r\n";
        assert!(send(&server, token).ends_with("\r\n\r\nimds-token"));
        let methods: Vec<_> = server.finish().into_iter().map(|request| request.method).collect();
        assert_eq!(methods, ["POST", "CONNECT", "PUT"]);
    }

    #[test]
    fn a_connection_without_a_request_is_not_recorded() {
        let server = Server::start().expect("a server");
        drop(TcpStream::connect(("127.0.0.1", server.port)).expect("connected"));
        assert_eq!(server.finish(), []);
    }
}
