//! The server. It implements HTTP/1.1 itself, because HTTP libraries would not let it misbehave.
//!
//! It prints its port, and exits when its standard input closes, which happens when the parent
//! process ends.

use std::collections::HashSet;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};

use crate::fault::{self, Fault};
use crate::respond::{self, AfterResponse};

/// A request, reduced to the parts that the plan needs.
#[derive(Debug, PartialEq)]
struct Request {
    call: u64,
    attempt: u32,
    operation: String,
}

/// Attempts whose connection has been closed once. The client sends them again as the same attempt,
/// which then succeeds.
type Closed = Arc<Mutex<HashSet<(u64, u32)>>>;

/// Serves until the standard input closes.
pub fn run() -> io::Result<()> {
    std::thread::spawn(|| {
        let _ = io::stdin().read(&mut [0]);
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?.port());
        let closed = Closed::default();
        loop {
            let (stream, _) = listener.accept().await?;
            let closed = Arc::clone(&closed);
            // A client may close a connection early.
            tokio::spawn(async move { drop(serve(stream, &closed).await) });
        }
    })
}

async fn serve(mut stream: TcpStream, closed: &Closed) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::new();
    let mut served = 0_u64;
    while let Some(request) = read(&mut stream, &mut buffer).await? {
        let fault = fault::of(request.call, request.attempt);
        let fault =
            fault.filter(|fault| *fault != Fault::Stale || is_stale(&request, served, closed));
        if respond::answer(&mut stream, fault, &body(&request)).await? == AfterResponse::Close {
            break;
        }
        served += 1;
    }
    Ok(())
}

/// Only a kept-alive connection can be stale, and each request is affected only once.
fn is_stale(request: &Request, served: u64, closed: &Closed) -> bool {
    let mut closed = closed.lock().unwrap_or_else(PoisonError::into_inner);
    served > 0 && closed.insert((request.call, request.attempt))
}

/// The correct response. It contains the number of the call and is long enough to be cut.
fn body(request: &Request) -> String {
    let filling = "0123456789abcdef".repeat(64);
    let image = format!(
        r#"{{"repositoryName":"soak/{}","imageManifest":"{filling}","imageManifestMediaType":"end"}}"#,
        request.call
    );
    match request.operation.as_str() {
        "PutImage" => format!(r#"{{"image":{image}}}"#),
        _ => format!(r#"{{"images":[{image}],"failures":[]}}"#),
    }
}

/// Reads the next request. Returns `None` if the connection ends.
async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<Request>> {
    loop {
        if let Some((request, length)) = parse(buffer) {
            buffer.drain(..length);
            return Ok(Some(request));
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
}

/// Parses a request and returns it with its length, or `None` if it is incomplete.
fn parse(bytes: &[u8]) -> Option<(Request, usize)> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let header = |name: &str| {
        let lines = head.lines().filter_map(|line| line.split_once(':'));
        let mut found = lines.filter(|(key, _)| key.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.trim())
    };
    let length = end + header("content-length")?.parse::<usize>().ok()?;
    let body = std::str::from_utf8(bytes.get(end..length)?).ok()?;
    let number = |text: &str| {
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        text[..digits].parse::<u64>().ok()
    };
    let call = number(body.split_once("soak/")?.1)?;
    let attempt = number(header("amz-sdk-request")?.split_once("attempt=")?.1)?;
    let operation = header("x-amz-target")?.rsplit('.').next()?.to_owned();
    Some((Request { call, attempt: u32::try_from(attempt).ok()?, operation }, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incomplete_request_is_not_parsed() {
        let text = "POST / HTTP/1.1\r\ncontent-length: 34\r\nX-Amz-Target: ECR_V1.PutImage\r\n\
                    amz-sdk-request: attempt=2; max=3\r\n\r\n{\"repositoryName\":\"soak/10042\"   }";
        let expected = Request { call: 10_042, attempt: 2, operation: "PutImage".to_owned() };
        let bytes = text.as_bytes();
        for length in 0..bytes.len() {
            assert_eq!(parse(&bytes[..length]), None, "{length}");
        }
        assert_eq!(parse(bytes), Some((expected, bytes.len())));
    }
}
