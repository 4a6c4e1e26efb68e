//! Opens a tunnel through a proxy to a host, with the HTTP/1.1 method `CONNECT`.
//!
//! The bytes that are sent through the tunnel afterward are not inspected.

use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use bytes::Bytes;
use http::header::{HOST, PROXY_AUTHORIZATION};
use http::{Request, Response, StatusCode, Uri};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::rt::{Read, Write};

use crate::http::body_chunks::BodyChunks;
use crate::http::box_error::BoxError;
use crate::http::proxy::server::Proxy;
use crate::http::request_body::RequestBody;

/// An error of a proxy.
#[derive(Debug)]
pub(crate) struct ProxyError {
    /// The URL of the proxy, without its password.
    proxy: String,
    problem: Problem,
}

#[derive(Debug)]
enum Problem {
    /// Connecting to the proxy failed.
    Unreachable(BoxError),
    /// The proxy responded with an error status.
    Refused(StatusCode),
    /// The proxy did not respond, or its response was not HTTP.
    Failed(hyper::Error),
    /// The proxy sent more bytes after its response.
    TrailingData,
}

impl ProxyError {
    pub(crate) fn unreachable(proxy: &Proxy, source: BoxError) -> Self {
        Self { proxy: proxy.to_string(), problem: Problem::Unreachable(source) }
    }

    /// Returns true if another attempt would fail the same way: the proxy rejects the credentials,
    /// or the host.
    pub(crate) fn is_final(&self) -> bool {
        match self.problem {
            Problem::Refused(status) => {
                !status.is_server_error()
                    && status != StatusCode::TOO_MANY_REQUESTS
                    && status != StatusCode::REQUEST_TIMEOUT
            }
            Problem::TrailingData => true,
            Problem::Unreachable(_) | Problem::Failed(_) => false,
        }
    }
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proxy = &self.proxy;
        match &self.problem {
            Problem::Unreachable(_) => write!(f, "the proxy {proxy} cannot be reached"),
            Problem::Refused(status) => {
                write!(f, "the proxy {proxy} responded to CONNECT with status {status}")
            }
            Problem::Failed(error) if error.is_parse() => write!(
                f,
                "the proxy {proxy} did not open a tunnel: check the port, and whether the proxy \
                 uses TLS (https:// in its URL)"
            ),
            Problem::Failed(_) => write!(f, "the proxy {proxy} did not open a tunnel"),
            Problem::TrailingData => {
                write!(f, "the proxy {proxy} sent data after its response to CONNECT")
            }
        }
    }
}

impl StdError for ProxyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.problem {
            Problem::Unreachable(source) => Some(&**source),
            Problem::Failed(source) => Some(source),
            Problem::Refused(_) | Problem::TrailingData => None,
        }
    }
}

/// Opens a tunnel to the host of `target` over `io`, a connection to `proxy`.
pub(crate) async fn open<T>(io: T, proxy: &Proxy, target: &Uri) -> Result<T, ProxyError>
where
    T: Read + Write + Unpin + Send + 'static,
{
    let failed = |problem| ProxyError { proxy: proxy.to_string(), problem };
    let (response, io, trailing) = send_connect(io, request(proxy, target))
        .await
        .map_err(|error| failed(Problem::Failed(error)))?;
    if !response.status().is_success() {
        return Err(failed(Problem::Refused(response.status())));
    }
    if !trailing.is_empty() {
        return Err(failed(Problem::TrailingData));
    }
    Ok(io)
}

fn request(proxy: &Proxy, target: &Uri) -> Request<BodyChunks> {
    let host = target.host().unwrap_or_default();
    let authority = format!("{host}:{}", target.port_u16().unwrap_or(443));
    let mut request = Request::new(RequestBody::default().chunks());
    *request.method_mut() = http::Method::CONNECT;
    if let Ok(value) = authority.parse() {
        request.headers_mut().insert(HOST, value);
    }
    // Host and port come from a valid URL, so this does not fail.
    *request.uri_mut() = authority.parse().unwrap_or_default();
    if let Some(value) = proxy.authorization() {
        request.headers_mut().insert(PROXY_AUTHORIZATION, value.clone());
    }
    request
}

/// Sends the request. Returns the response, the connection and any bytes after the response.
async fn send_connect<T>(
    io: T,
    request: Request<BodyChunks>,
) -> hyper::Result<(Response<Incoming>, T, Bytes)>
where
    T: Read + Write + Unpin + Send + 'static,
{
    let (mut sender, mut connection) = http1::handshake(io).await?;
    let response = {
        let mut response = pin!(sender.send_request(request));
        let mut ended = false;
        poll_fn(|context| {
            // The connection makes progress only when polled. If it ends with an error, the
            // response ends with the same error.
            if !ended {
                ended = connection.poll_without_shutdown(context).is_ready();
            }
            match response.as_mut().poll(context) {
                Poll::Pending if ended => response.as_mut().poll(context),
                other => other,
            }
        })
        .await?
    };
    let parts = connection.into_parts();
    Ok((response, parts.io, parts.read_buf))
}
