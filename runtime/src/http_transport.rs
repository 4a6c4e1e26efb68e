//! The default transport: HTTP/1.1 by hyper over a pool of connections, TLS by rustls.
//!
//! It runs on whatever tokio runtime its caller runs on and starts none itself.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::uri::Scheme;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body as _, Incoming};
use hyper_util::client::legacy::Error;
use tokio::runtime::Handle;

use crate::pool::Pool;
use crate::transport::{BoxFuture, Transport, TransportError, TransportErrorKind as Kind};

/// The most that is set aside for a body because its header says so.
const PREPARED: u64 = 16 * 1024 * 1024;

/// Sends requests over connections that are kept open for the next one.
///
/// Nothing is opened or loaded before the first request. It may be shared between tokio runtimes,
/// also of several threads: connections stay with the runtime that opened them.
///
/// # Panics
/// The call needs a tokio runtime around it, of any flavour; without one it is an error. The runtime
/// must have been built with `enable_all`, as `#[tokio::main]` does it: tokio itself panics where a
/// runtime was built without drivers for time and network, which cannot be found out beforehand.
#[derive(Default)]
pub struct HttpTransport {
    pool: Pool,
}

impl HttpTransport {
    /// The largest body of a success, in bytes. A larger one is an error. It is generous because
    /// what a service may send is the service's business; it is there because memory is finite.
    pub const MAX_SUCCESS: usize = 512 * 1024 * 1024;

    /// How much of the body of any other answer is read, in bytes; the rest is left unread.
    pub const MAX_FAILURE: usize = 1024 * 1024;

    /// A transport without any connection yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let Ok(runtime) = Handle::try_current() else {
            return Err(TransportError::new(Kind::Unusable, "there is no tokio runtime here"));
        };
        let https = request.uri().scheme() == Some(&Scheme::HTTPS);
        let client = self.pool.client(&runtime, https);
        let client = client.map_err(|problem| TransportError::new(Kind::Unusable, problem))?;
        let answer = client.request(request.map(Full::new)).await.map_err(before_answer)?;
        let (head, body) = answer.into_parts();
        let declared = head.headers.get(CONTENT_LENGTH).is_some().then(|| body.size_hint().lower());
        let read = if head.status.is_success() {
            let read = read_all(body, declared, Self::MAX_SUCCESS).await;
            read.map_err(|error| error.with_head(head.status, &head.headers))?
        } else {
            read_beginning(body, Self::MAX_FAILURE).await?
        };
        Ok(Response::from_parts(head, read))
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HttpTransport")
    }
}

fn before_answer(error: Error) -> TransportError {
    let kind = if error.is_connect() { Kind::Connect } else { Kind::Exchange };
    TransportError::new(kind, error)
}

/// Reads a body to its end.
async fn read_all(
    mut body: Incoming,
    declared: Option<u64>,
    limit: usize,
) -> Result<Bytes, TransportError> {
    let too_large = || TransportError::new(Kind::TooLarge, format!("more than {limit} bytes"));
    if declared.is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    let mut all = Vec::with_capacity(declared.unwrap_or(0).min(PREPARED) as usize);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| TransportError::new(Kind::Body, error))?;
        if let Ok(data) = frame.into_data() {
            if all.len() + data.len() > limit {
                return Err(too_large());
            }
            all.extend_from_slice(&data);
        }
    }
    Ok(all.into())
}

/// Reads what there is of a body. That the rest does not come is no reason to lose the status and
/// the headers, which say more than a broken connection would.
async fn read_beginning(mut body: Incoming, limit: usize) -> Result<Bytes, TransportError> {
    let mut beginning = Vec::new();
    while beginning.len() < limit {
        let Some(Ok(frame)) = body.frame().await else {
            break;
        };
        if let Ok(data) = frame.into_data() {
            let room = limit - beginning.len();
            beginning.extend_from_slice(&data[..data.len().min(room)]);
        }
    }
    Ok(beginning.into())
}
