//! The default transport: HTTP/1.1 by hyper over a pool of connections, TLS by rustls.
//!
//! It runs on whatever tokio runtime its caller runs on and starts none itself.

use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::uri::Scheme;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body as _, Incoming};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use crate::tls::Tls;
use crate::transport::{BoxFuture, Transport, TransportError, TransportErrorKind as Kind};

/// How long a connection without work is kept, less than servers usually do.
const IDLE: Duration = Duration::from_secs(20);

/// The most that is set aside for a body because its header says so.
const PREPARED: u64 = 16 * 1024 * 1024;

/// Sends requests over connections that are kept open for the next one.
///
/// Nothing is opened or loaded before the first request. It needs a tokio runtime with time and
/// network drivers around the call, of any flavour.
#[derive(Default)]
pub struct HttpTransport {
    pool: OnceLock<Result<Pool, String>>,
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

    fn pool(&self) -> Result<&Pool, TransportError> {
        let pool = self.pool.get_or_init(|| Pool::new().map_err(|error| error.to_string()));
        pool.as_ref().map_err(|error| TransportError::new(Kind::Unusable, error.clone()))
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(TransportError::new(Kind::Unusable, "there is no tokio runtime here"));
        }
        let answer = self.pool()?.send(request).await?;
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

/// The connections.
struct Pool {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    tls_problem: Option<String>,
}

impl Pool {
    fn new() -> Result<Self, rustls::Error> {
        let tls = Tls::load()?;
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls.config)
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .build(connector);
        Ok(Self { client, tls_problem: tls.problem })
    }

    async fn send(&self, request: Request<Bytes>) -> Result<Response<Incoming>, TransportError> {
        if let Some(problem) = &self.tls_problem
            && request.uri().scheme() == Some(&Scheme::HTTPS)
        {
            return Err(TransportError::new(Kind::Unusable, problem.clone()));
        }
        self.client.request(request.map(Full::new)).await.map_err(before_answer)
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
