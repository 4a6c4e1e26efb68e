//! A request as it was on the wire.

use std::io::{BufRead, Read};

use flate2::read::GzDecoder;

/// A request that a server has received.
#[derive(Debug, Clone)]
pub struct ReceivedRequest {
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// The number of the connection, counted from 0.
    pub connection: usize,
}

impl ReceivedRequest {
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

    /// The body, which is compressed with gzip.
    pub fn decompressed(&self) -> String {
        let mut text = String::new();
        GzDecoder::new(&*self.body).read_to_string(&mut text).expect("gzip");
        text
    }
}

/// The value of `Content-MD5` for a body.
pub fn checksum_of(body: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(*md5::compute(body))
}

/// Reads the next request of a connection, or returns `None` at its end.
pub fn read_request(reader: &mut impl BufRead, connection: usize) -> Option<ReceivedRequest> {
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
    Some(ReceivedRequest { line: line.trim_end().to_owned(), headers, body, connection })
}
