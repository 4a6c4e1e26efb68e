//! The server. It implements HTTP/1.1 itself, because HTTP libraries would not let it misbehave.
//!
//! It prints its port, and exits when its standard input closes, which happens when the parent
//! process ends.

use std::io::{self, Read};

use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};

use crate::fault::{self, Fault};
use crate::respond::{self, AfterResponse};
use crate::stale::numbers;

/// A request, reduced to the parts that the plan needs.
#[derive(Debug, PartialEq)]
struct Request {
    call: u64,
    attempt: u32,
    operation: String,
}

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
        loop {
            let (stream, _) = listener.accept().await?;
            // A client may close a connection early.
            tokio::spawn(async move { drop(serve(stream).await) });
        }
    })
}

async fn serve(mut stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::new();
    let mut served = 0_u64;
    while let Some(request) = read(&mut stream, &mut buffer).await? {
        let fault = fault::of(request.call, request.attempt);
        // Only a kept-alive connection can be stale.
        let fault = fault.filter(|fault| *fault != Fault::Stale || served > 0);
        if respond::answer(&mut stream, fault, &body(&request)).await? == AfterResponse::Close {
            break;
        }
        served += 1;
    }
    Ok(())
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
    let (call, attempt) = numbers(body, header("amz-sdk-request")?)?;
    let operation = header("x-amz-target")?.rsplit('.').next()?.to_owned();
    Some((Request { call, attempt, operation }, length))
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
