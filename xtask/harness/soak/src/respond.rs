//! Sends the response for each fault: bytes, pauses and closed connections.

use std::io;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::date;
use crate::fault::Fault;

/// The error in the date of some responses, in seconds.
const HOUR: i64 = 3600;

/// How long the server stays silent.
const SILENCE: Duration = Duration::from_secs(5);

/// The pause between two pieces of a slow response, which takes 4 s in all.
const DRIP: Duration = Duration::from_millis(100);
const DRIPS: usize = 40;

const PAGE: &str = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

/// What happens to the connection after a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterResponse {
    Keep,
    Close,
}

/// Responds to a request; `body` is the correct response.
pub async fn answer(
    stream: &mut TcpStream,
    fault: Option<Fault>,
    body: &str,
) -> io::Result<AfterResponse> {
    let right = || http_response("200 OK", &[], body.as_bytes());
    let bytes = match fault {
        None => right(),
        Some(Fault::Closed) => {
            stream.write_all(&right()).await?;
            return Ok(AfterResponse::Close);
        }
        Some(Fault::Drip) => return drip(stream, &right()).await,
        Some(Fault::Silence) => {
            sleep(SILENCE).await;
            return Ok(AfterResponse::Close);
        }
        Some(Fault::LargeError) => return large(stream, 4).await,
        Some(Fault::HugeError) => return large(stream, 100).await,
        Some(Fault::Stale | Fault::Refused) => return Ok(AfterResponse::Close),
        Some(Fault::Gibberish) => {
            stream.write_all(b"220 mail.example.com ESMTP\r\n\r\n").await?;
            return Ok(AfterResponse::Close);
        }
        Some(Fault::Reset | Fault::Short) => {
            let whole = right();
            stream.write_all(&whole[..whole.len() - body.len() / 2]).await?;
            if fault == Some(Fault::Reset) {
                stream.set_zero_linger()?;
            }
            return Ok(AfterResponse::Close);
        }
        Some(Fault::LengthTooSmall) => {
            let short = with_length("200 OK", &[], body.as_bytes(), body.len() / 2);
            stream.write_all(&short).await?;
            return Ok(AfterResponse::Close);
        }
        Some(fault) => other(fault, body),
    };
    stream.write_all(&bytes).await?;
    Ok(AfterResponse::Keep)
}

/// The faults that are complete responses.
fn other(fault: Fault, body: &str) -> Vec<u8> {
    let off = date::http(date::now() - HOUR);
    let off = [("Date", off.as_str())];
    match fault {
        Fault::InternalError => error("500 Internal Server Error", &[], "InternalFailure"),
        Fault::BadGateway => http_response("502 Bad Gateway", &[], PAGE.as_bytes()),
        Fault::Unavailable => {
            error("503 Service Unavailable", &[("x-amz-retry-after", "80")], "ServiceUnavailable")
        }
        Fault::Throttled => error("400 Bad Request", &[], "ThrottlingException"),
        Fault::NotFound => error("400 Bad Request", &[], "RepositoryNotFoundException"),
        Fault::Skewed => error("403 Forbidden", &off, "RequestTimeTooSkewed"),
        Fault::DateOff => http_response("200 OK", &off, body.as_bytes()),
        Fault::HalfJson => http_response("200 OK", &[], &body.as_bytes()[..body.len() / 2]),
        Fault::Empty => http_response("200 OK", &[], b""),
        Fault::Html => http_response("200 OK", &[], PAGE.as_bytes()),
        Fault::NotUtf8 => http_response("200 OK", &[], &spoiled(body)),
        _ => http_response("500 Internal Server Error", &[], &spoiled(body)),
    }
}

/// A body with invalid UTF-8 in its last string.
fn spoiled(body: &str) -> Vec<u8> {
    let mut bytes = body.as_bytes().to_vec();
    if let Some(at) = body.rfind("end") {
        bytes[at] = 0xff;
    }
    bytes
}

fn error(status: &str, headers: &[(&str, &str)], code: &str) -> Vec<u8> {
    http_response(
        status,
        headers,
        format!(r#"{{"__type":"{code}","message":"as planned"}}"#).as_bytes(),
    )
}

fn http_response(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    with_length(status, headers, body, body.len())
}

fn with_length(status: &str, headers: &[(&str, &str)], body: &[u8], length: usize) -> Vec<u8> {
    let mut head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: {length}\r\n"
    );
    if headers.iter().all(|(name, _)| *name != "Date") {
        head.push_str(&format!("Date: {}\r\n", date::http(date::now())));
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    [head.as_bytes(), body].concat()
}

async fn drip(stream: &mut TcpStream, bytes: &[u8]) -> io::Result<AfterResponse> {
    for piece in bytes.chunks(bytes.len().div_ceil(DRIPS).max(1)) {
        stream.write_all(piece).await?;
        sleep(DRIP).await;
    }
    Ok(AfterResponse::Keep)
}

/// A large error page. A client that has read enough closes the connection, which is correct.
async fn large(stream: &mut TcpStream, megabytes: usize) -> io::Result<AfterResponse> {
    let head = format!(
        "HTTP/1.1 500 Internal Server Error\r\nDate: {}\r\nContent-Length: {}\r\n\r\n",
        date::http(date::now()),
        megabytes << 20
    );
    stream.write_all(head.as_bytes()).await?;
    let piece = vec![b'x'; 1 << 16];
    for _ in 0..megabytes << 4 {
        stream.write_all(&piece).await?;
    }
    Ok(AfterResponse::Keep)
}
