//! Runs the server for all callers: HTTP/1.1 on loopback, one thread per connection, prepared
//! responses.
//!
//! It reads each request to its end but interprets only its target. It must stay this simple,
//! because its cost must not depend on the caller.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::{io, thread};

use super::responses::PreparedResponses;

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
        let answer = responses.of(&head.operation);
        reader.get_mut().write_all(answer)?;
    }
    Ok(())
}

/// The parts of a request that the server needs.
#[derive(Debug, Default, PartialEq)]
struct RequestHead {
    operation: String,
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
        let head = RequestHead { operation: "PutImage".to_owned(), length: 12 };
        assert_eq!(read_headers(&mut reader).expect("read"), Some(head));
        assert_eq!(reader, b"body");
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
}
