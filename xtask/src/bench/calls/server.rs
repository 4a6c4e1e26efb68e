//! Runs the server for all callers: HTTP/1.1 on loopback, one thread per connection, prepared
//! responses.
//!
//! It reads each request to its end but interprets only its target and its path. It must stay this
//! simple, because its cost must not depend on the caller.
//!
//! A path that begins with a number, such as `/1000`, sets a size in bytes: UploadLayerPart reports
//! that it received that many, and BatchGetImage returns one manifest of that length. If the path
//! ends with `/retried`, every other request fails with status 500.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{io, thread};

use super::responses::PreparedResponses;

/// Counts the requests whose path ends with `/retried`.
static RETRIED: AtomicUsize = AtomicUsize::new(0);

/// Starts the server and returns its URL. The server ends with this process.
pub(crate) fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let responses = Arc::new(PreparedResponses::new());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let responses = Arc::clone(&responses);
            // A caller closes its connection when it is done, which is not an error.
            thread::spawn(move || drop(serve(stream, &responses)));
        }
    });
    Ok(url)
}

fn serve(stream: TcpStream, responses: &PreparedResponses) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::with_capacity(256 * 1024, stream);
    while let Some(head) = read_headers(&mut reader)? {
        io::copy(&mut reader.by_ref().take(head.length), &mut io::sink())?;
        let fails = head.is_retried && RETRIED.fetch_add(1, Ordering::Relaxed).is_multiple_of(2);
        let answer = match fails {
            true => responses.failure(),
            false => responses.of(&head.operation, head.bytes),
        };
        reader.get_mut().write_all(&answer)?;
    }
    Ok(())
}

/// The parts of a request that the server needs.
#[derive(Debug, Default, PartialEq)]
struct RequestHead {
    operation: String,
    /// The number in its path, or zero.
    bytes: usize,
    is_retried: bool,
    length: u64,
}

/// Reads the headers of the next request. Returns `None` if the connection ends.
fn read_headers(reader: &mut impl BufRead) -> io::Result<Option<RequestHead>> {
    let mut head = RequestHead::default();
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let Some((name, value)) = line.trim_end().split_once(':') else {
            // The request line contains no colon, and a blank line ends the headers.
            if line.trim_end().is_empty() {
                return Ok(Some(head));
            }
            let path = line.split(' ').nth(1).unwrap_or_default().trim_matches('/');
            head.bytes = path.split('/').next().unwrap_or_default().parse().unwrap_or(0);
            head.is_retried = path.ends_with("/retried");
            continue;
        };
        if name.eq_ignore_ascii_case("content-length") {
            head.length = value.trim().parse().map_err(io::Error::other)?;
        } else if name.eq_ignore_ascii_case("x-amz-target") {
            head.operation = value.trim().rsplit('.').next().unwrap_or_default().to_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_and_the_length_are_found() {
        let text =
            "POST / HTTP/1.1\r\nContent-Length: 12\r\nx-amz-target: A_V1.PutImage\r\n\r\nbody";
        let mut reader = text.as_bytes();
        let put =
            RequestHead { operation: "PutImage".to_owned(), length: 12, ..Default::default() };
        assert_eq!(read_headers(&mut reader).expect("read"), Some(put));
        assert_eq!(reader, b"body");
        let sized = |bytes, is_retried| RequestHead { bytes, is_retried, ..Default::default() };
        let table = [("/1000", 1000, false), ("/1000/", 1000, false), ("/7/retried/", 7, true)];
        for (path, bytes, is_retried) in table {
            let text = format!("POST {path} HTTP/1.1\r\n\r\n");
            let head = read_headers(&mut text.as_bytes()).expect("read");
            assert_eq!(head, Some(sized(bytes, is_retried)), "{path}");
        }
        assert_eq!(read_headers(&mut &b""[..]).expect("read"), None);
        assert!(read_headers(&mut &b"content-length: x\r\n"[..]).is_err());
    }

    #[test]
    fn a_connection_serves_several_requests() {
        let url = start().expect("started");
        let address = url.strip_prefix("http://").expect("a URL");
        let mut stream = TcpStream::connect(address).expect("connected");
        for _ in 0..2 {
            let head =
                "POST / HTTP/1.1\r\nx-amz-target: T.UploadLayerPart\r\ncontent-length: 3\r\n";
            stream.write_all(format!("{head}\r\nabc").as_bytes()).expect("sent");
            let mut start = [0; 15];
            stream.read_exact(&mut start).expect("answered");
            assert_eq!(&start, b"HTTP/1.1 200 OK");
            let mut reader = BufReader::new(&mut stream);
            let head = read_headers(&mut reader).expect("read").expect("a head");
            io::copy(&mut reader.take(head.length), &mut io::sink()).expect("a body");
        }
    }

    #[test]
    fn every_other_request_fails_if_it_is_to_be_retried() {
        let url = start().expect("started");
        let address = url.strip_prefix("http://").expect("a URL");
        let mut statuses = Vec::new();
        for _ in 0..2 {
            let mut stream = TcpStream::connect(address).expect("connected");
            stream.write_all(b"POST /3/retried HTTP/1.1\r\n\r\n").expect("sent");
            let mut start = [0; 12];
            stream.read_exact(&mut start).expect("answered");
            statuses.push(String::from_utf8_lossy(&start).into_owned());
        }
        assert_eq!(statuses, ["HTTP/1.1 500", "HTTP/1.1 400"]);
    }
}
