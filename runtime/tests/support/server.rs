//! A server on loopback that keeps what it is sent and answers from a script.
//!
//! It reads and writes bytes, not HTTP by the library under test, so that what it keeps is what
//! was really on the wire.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// An answer, byte for byte, and whether the connection ends after it.
pub struct Reply {
    pub bytes: Vec<u8>,
    pub close: bool,
}

impl Reply {
    pub fn new(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut head = format!("HTTP/1.1 {status} Status\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        let bytes = [head.as_bytes(), b"\r\n", body].concat();
        Self { bytes, close: false }
    }

    pub fn ok(body: impl AsRef<[u8]>) -> Self {
        Self::new(200, &[("x-amzn-requestid", "request-1")], body)
    }

    /// Exactly these bytes, and then nothing more over a connection that stays open.
    pub fn unfinished(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), close: false }
    }

    /// Exactly these bytes, and then the end of the connection.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), close: true }
    }
}

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Captured {
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Which connection it came over, counted from 0.
    pub connection: usize,
}

impl Captured {
    /// The only header of this name.
    pub fn header(&self, name: &str) -> &str {
        let mut values = self.headers.iter().filter(|(n, _)| n == name);
        let value = &values.next().unwrap_or_else(|| panic!("no header {name}")).1;
        assert!(values.next().is_none(), "more than one header {name}");
        value
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is text")
    }
}

pub struct Server {
    pub url: String,
    captured: Arc<Mutex<Vec<Captured>>>,
}

impl Server {
    /// Starts a server that gives these answers, in turn.
    pub fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let captured = Arc::new(Mutex::new(Vec::new()));
        let script = Arc::new(Mutex::new(script.into_iter().collect::<VecDeque<_>>()));
        let seen = Arc::clone(&captured);
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let (seen, script) = (Arc::clone(&seen), Arc::clone(&script));
                thread::spawn(move || {
                    serve(&stream.expect("a connection"), number, &seen, &script)
                });
            }
        });
        Self { url, captured }
    }

    pub fn requests(&self) -> Vec<Captured> {
        self.captured.lock().expect("the list").clone()
    }

    /// The only request there was.
    pub fn request(&self) -> Captured {
        let mut all = self.requests();
        assert_eq!(all.len(), 1, "one request");
        all.remove(0)
    }
}

fn serve(
    stream: &TcpStream,
    connection: usize,
    seen: &Mutex<Vec<Captured>>,
    script: &Mutex<VecDeque<Reply>>,
) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader, connection) {
        seen.lock().expect("the list").push(request);
        let Some(reply) = script.lock().expect("the script").pop_front() else {
            return;
        };
        if (&*stream).write_all(&reply.bytes).is_err() || reply.close {
            return;
        }
    }
}

/// The next request of a connection.
pub fn read(reader: &mut impl BufRead, connection: usize) -> Option<Captured> {
    let mut line = String::new();
    if reader.read_line(&mut line).ok()? == 0 {
        return None;
    }
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(':') else {
            break;
        };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().expect("a length"));
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Captured { line: line.trim_end().to_owned(), headers, body, connection })
}
