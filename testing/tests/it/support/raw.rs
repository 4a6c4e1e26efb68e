//! HTTP without a client, for requests that no client sends.

use std::io::{Read, Write};
use std::net::TcpStream;

/// A response.
#[derive(Debug)]
pub struct RawResponse {
    pub status: u16,
    head: String,
    pub body: String,
}

impl RawResponse {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find_map(|(key, value)| key.eq_ignore_ascii_case(name).then_some(value))
    }
}

/// Sends a request to the server at `url`; `head` is the request line and the headers.
pub fn send(url: &str, head: &[&str], body: &[u8]) -> RawResponse {
    let mut response = String::new();
    write(url, head, body).read_to_string(&mut response).expect("a response");
    let (head, body) = response.split_once("\r\n\r\n").unwrap_or((&response, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    RawResponse { status, head: head.to_owned(), body: body.to_owned() }
}

/// Sends a request and returns its connection.
pub fn write(url: &str, head: &[&str], body: &[u8]) -> TcpStream {
    write_part(url, head, body, body.len())
}

/// Sends a request with this `Content-Length`, which may be more than the length of the body.
pub fn write_part(url: &str, head: &[&str], body: &[u8], length: usize) -> TcpStream {
    let address = url.strip_prefix("http://").expect("a URL");
    let mut stream = TcpStream::connect(address).expect("a connection");
    let head = head.join("\r\n");
    let rest = format!("host: {address}\r\nconnection: close\r\ncontent-length: {length}");
    stream.write_all(format!("{head}\r\n{rest}\r\n\r\n").as_bytes()).expect("written");
    stream.write_all(body).expect("written");
    stream
}
