//! Requests written by hand, to say what no client would.

use std::io::{Read, Write};
use std::net::TcpStream;

/// An answer as it came.
#[derive(Debug)]
pub struct Raw {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Raw {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find_map(|(key, value)| key.eq_ignore_ascii_case(name).then_some(value))
    }
}

/// Sends a request to the server at `url`; `head` is its first line and its headers.
pub fn send(url: &str, head: &[&str], body: &[u8]) -> Raw {
    let mut answer = String::new();
    write(url, head, body).read_to_string(&mut answer).expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Raw { status, head: head.to_owned(), body: body.to_owned() }
}

/// The connection on which such a request was sent.
pub fn write(url: &str, head: &[&str], body: &[u8]) -> TcpStream {
    let address = url.strip_prefix("http://").expect("a URL");
    let mut stream = TcpStream::connect(address).expect("a connection");
    let (head, length) = (head.join("\r\n"), body.len());
    let rest = format!("host: {address}\r\nconnection: close\r\ncontent-length: {length}");
    stream.write_all(format!("{head}\r\n{rest}\r\n\r\n").as_bytes()).expect("written");
    stream.write_all(body).expect("written");
    stream
}
