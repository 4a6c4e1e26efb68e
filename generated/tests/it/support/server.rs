//! A server that captures one request, byte for byte, and returns a fixed response.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::mpsc,
    thread,
};

use longshore::{Config, Credentials};

/// A received request.
#[derive(Debug)]
pub struct Received {
    /// The request line.
    pub line: String,
    /// The headers in order, with lower-case names.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Received {
    /// The value of a header, which must occur once.
    pub fn header(&self, name: &str) -> &str {
        let mut values = self.headers.iter().filter(|(key, _)| key == name);
        let (_, value) = values.next().unwrap_or_else(|| panic!("no header {name} in {self:#?}"));
        assert!(values.next().is_none(), "the header {name} occurs twice");
        value
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// A server for one request.
pub struct Server {
    address: SocketAddr,
    received: mpsc::Receiver<Received>,
}

impl Server {
    /// Starts a server that returns this response.
    pub fn returning(status: &str, headers: &[(&str, &str)], body: &str) -> Self {
        let mut response = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            response.push_str(&format!("{name}: {value}\r\n"));
        }
        response.push_str(&format!("connection: close\r\n\r\n{body}"));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (send, received) = mpsc::channel();
        thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            send.send(serve(stream, &response)).unwrap();
        });
        Self { address, received }
    }

    /// Starts a server that returns status 200 and this body.
    pub fn ok(body: &str) -> Self {
        Self::returning("200 OK", &[("content-type", "application/x-amz-json-1.1")], body)
    }

    /// The configuration for clients of the server.
    pub fn config(&self) -> Config {
        Config::builder()
            .region("eu-west-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "not-so-secret", None, None, "test"))
            .endpoint_url(format!("http://{}", self.address))
            .build()
    }

    /// The value of `Host` for the server.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// Waits for the request.
    pub fn received(&self) -> Received {
        self.received.recv().expect("the server was called")
    }
}

fn serve(stream: TcpStream, response: &str) -> Received {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).unwrap();
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    reader.get_mut().write_all(response.as_bytes()).unwrap();
    Received { line: line.trim_end().to_owned(), headers, body }
}
