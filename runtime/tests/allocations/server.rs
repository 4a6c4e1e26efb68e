//! A server on loopback that discards request bodies, so that it needs little memory itself.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// Starts a server that cycles through these responses on every connection, and returns its URL.
/// The server runs until the process exits.
pub fn start(responses: Vec<Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // An error means that the client closed its connection, as at the end of a test.
            let _ = serve(stream, &responses);
        }
    });
    url
}

/// A response with this status and body.
pub fn response(status: u16, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Status\r\nx-amzn-requestid: 7d0d1f2e-3c4b-4a59-8687-96a5b4c3d2e1\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn serve(stream: TcpStream, responses: &[Vec<u8>]) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    for response in responses.iter().cycle() {
        let Some(length) = read_headers(&mut reader)? else { return Ok(()) };
        io::copy(&mut reader.by_ref().take(length), &mut io::sink())?;
        reader.get_mut().write_all(response)?;
    }
    Ok(())
}

/// Reads the headers of a request and returns the length of its body, or `None` at the end of the
/// connection.
fn read_headers(reader: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        match line.trim_end().split_once(':') {
            Some(("content-length", value)) => {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
            None if line.trim_end().is_empty() => return Ok(Some(length)),
            _ => {}
        }
    }
}
