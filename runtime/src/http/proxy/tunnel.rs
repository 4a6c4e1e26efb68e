//! A way through a proxy to a host: `CONNECT` of HTTP/1.1.
//!
//! What goes through it afterwards is none of its business.

use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use bytes::Bytes;
use http::header::{HOST, PROXY_AUTHORIZATION};
use http::{Request, Response, StatusCode, Uri};
use http_body_util::Empty;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::rt::{Read, Write};

use crate::http::proxy::server::Proxy;
use crate::http::transport::BoxError;

/// A proxy through which there is no way.
#[derive(Debug)]
pub(crate) struct ProxyError {
    /// Which one, without its password.
    proxy: String,
    problem: Problem,
}

#[derive(Debug)]
enum Problem {
    /// There is no connection to the proxy itself.
    Unreachable(BoxError),
    /// It answered that it does not let us through.
    Refused(StatusCode),
    /// It did not answer, or not in HTTP.
    Failed(hyper::Error),
    /// It sent something else behind its answer.
    Talks,
}

impl ProxyError {
    pub(crate) fn unreachable(proxy: &Proxy, source: BoxError) -> Self {
        Self { proxy: proxy.to_string(), problem: Problem::Unreachable(source) }
    }

    /// Whether the proxy will answer the same again: it does not know us, or does not let anybody
    /// to this host.
    pub(crate) fn is_final(&self) -> bool {
        match self.problem {
            Problem::Refused(status) => {
                !status.is_server_error()
                    && status != StatusCode::TOO_MANY_REQUESTS
                    && status != StatusCode::REQUEST_TIMEOUT
            }
            Problem::Talks => true,
            Problem::Unreachable(_) | Problem::Failed(_) => false,
        }
    }
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proxy = &self.proxy;
        match &self.problem {
            Problem::Unreachable(_) => write!(f, "no connection to the proxy {proxy}"),
            Problem::Refused(status) => write!(f, "the proxy {proxy} answered {status}"),
            Problem::Failed(_) => write!(f, "the proxy {proxy} opened no way"),
            Problem::Talks => write!(f, "the proxy {proxy} talks where the host should"),
        }
    }
}

impl StdError for ProxyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.problem {
            Problem::Unreachable(source) => Some(&**source),
            Problem::Failed(source) => Some(source),
            Problem::Refused(_) | Problem::Talks => None,
        }
    }
}

/// Asks `proxy`, to which `io` is a connection, for a way to the host of `target`.
pub(crate) async fn open<T>(io: T, proxy: &Proxy, target: &Uri) -> Result<T, ProxyError>
where
    T: Read + Write + Unpin + Send + 'static,
{
    let failed = |problem| ProxyError { proxy: proxy.to_string(), problem };
    let (answer, io, rest) =
        ask(io, request(proxy, target)).await.map_err(|error| failed(Problem::Failed(error)))?;
    if !answer.status().is_success() {
        return Err(failed(Problem::Refused(answer.status())));
    }
    if !rest.is_empty() {
        return Err(failed(Problem::Talks));
    }
    Ok(io)
}

fn request(proxy: &Proxy, target: &Uri) -> Request<Empty<Bytes>> {
    let host = target.host().unwrap_or_default();
    let authority = format!("{host}:{}", target.port_u16().unwrap_or(443));
    let mut request = Request::new(Empty::new());
    *request.method_mut() = http::Method::CONNECT;
    if let Ok(value) = authority.parse() {
        request.headers_mut().insert(HOST, value);
    }
    // It was a host and a port in a URL, so it is one here.
    *request.uri_mut() = authority.parse().unwrap_or_default();
    if let Some(value) = proxy.authorization() {
        request.headers_mut().insert(PROXY_AUTHORIZATION, value.clone());
    }
    request
}

/// Sends the request and gives the connection back, with what came behind the answer.
async fn ask<T>(
    io: T,
    request: Request<Empty<Bytes>>,
) -> hyper::Result<(Response<Incoming>, T, Bytes)>
where
    T: Read + Write + Unpin + Send + 'static,
{
    let (mut sender, mut connection) = http1::handshake(io).await?;
    let answer = {
        let mut answer = pin!(sender.send_request(request));
        let mut ended = false;
        poll_fn(|context| {
            // The connection moves nowhere unless somebody asks it to. Where it ends with an error,
            // the answer ends with the same.
            if !ended {
                ended = connection.poll_without_shutdown(context).is_ready();
            }
            match answer.as_mut().poll(context) {
                Poll::Pending if ended => answer.as_mut().poll(context),
                other => other,
            }
        })
        .await?
    };
    let parts = connection.into_parts();
    Ok((answer, parts.io, parts.read_buf))
}
