//! The server that all callers call: HTTP/1.1 on loopback, a thread a connection, answers made before.
//!
//! It reads a request to its end and looks at nothing in it but its target. That it is simple is the
//! point: what it does must not depend on who calls.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::{io, thread};

use super::answers::Answers;

/// Starts it and returns its URL. It ends with this program.
pub(crate) fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let answers = Arc::new(Answers::new());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answers = Arc::clone(&answers);
            // A caller that is done closes its connection, wherever this one is reading.
            thread::spawn(move || drop(serve(stream, &answers)));
        }
    });
    Ok(url)
}

fn serve(stream: TcpStream, answers: &Answers) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::with_capacity(256 * 1024, stream);
    while let Some(head) = read_head(&mut reader)? {
        io::copy(&mut reader.by_ref().take(head.length), &mut io::sink())?;
        let answer = answers.of(&head.operation);
        reader.get_mut().write_all(answer)?;
    }
    Ok(())
}

/// What of a request decides how it goes on.
#[derive(Debug, Default, PartialEq)]
struct Head {
    operation: String,
    length: u64,
}

/// The head of the next request; `None` where the connection ends.
fn read_head(reader: &mut impl BufRead) -> io::Result<Option<Head>> {
    let mut head = Head::default();
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let Some((name, value)) = line.trim_end().split_once(':') else {
            // The request line has no colon in these requests, and the empty line ends the head.
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
        let head = Head { operation: "PutImage".to_owned(), length: 12 };
        assert_eq!(read_head(&mut reader).expect("read"), Some(head));
        assert_eq!(reader, b"body");
        assert_eq!(read_head(&mut &b""[..]).expect("read"), None);
        assert!(read_head(&mut &b"content-length: x\r\n"[..]).is_err());
    }

    #[test]
    fn a_connection_serves_one_request_after_another() {
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
            let head = read_head(&mut reader).expect("read").expect("a head");
            io::copy(&mut reader.take(head.length), &mut io::sink()).expect("a body");
        }
    }
}
