//! The default transport: HTTP/1.1 over pooled connections (hyper) with TLS (rustls).
//!
//! It runs on the tokio runtime of its caller and starts none itself.

use std::fmt;

use bytes::Bytes;
use http::header::PROXY_AUTHORIZATION;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::client::legacy::{Client, Error};
use tokio::runtime::Handle;

use crate::display::log_target::CALLS;
use crate::http::activity::Activity;
use crate::http::body::{content_length, read_prefix, read_to_end};
use crate::http::builder::HttpTransportBuilder;
use crate::http::connector::Connector;
use crate::http::limits::TimedOut;
use crate::http::pool::{Clients, Pool};
use crate::http::read_limit::ReadLimit;
use crate::http::settings::TransportSettings;
use crate::http::transport::{BoxFuture, Transport, TransportError, TransportErrorKind as Kind};

/// The default [`Transport`]. It keeps connections open for later requests.
///
/// No connection is opened and no certificate is loaded until the first request. A transport can be
/// shared between tokio runtimes and threads; a connection is used only by the runtime that opened
/// it.
///
/// # Time limits
/// By default, opening a connection may take 3.1 s in total (name resolution, TCP, proxy and TLS),
/// and waiting for data has [no limit](HttpTransportBuilder::read_limit). Exceeding a limit is an
/// error of kind [`Timeout`](Kind::Timeout), and its message names the limit.
///
/// # Connections
/// By default each runtime keeps up to [128](HttpTransportBuilder::IDLE_CONNECTIONS) idle
/// connections per host, each for [20 s](HttpTransportBuilder::IDLE_TIME). A connection is not
/// reused if its response was not read to the end.
///
/// A server may close an idle connection, and the client may notice only after sending the next
/// request over it. The transport therefore sends a request a second time, over a new connection,
/// if the first connection had carried a response before and was closed before any byte of the next
/// one was received. The server most likely did not see the first copy, but this is not guaranteed.
/// To rule out sending a request twice, disable connection reuse by setting
/// [`idle_connections`](HttpTransportBuilder::idle_connections) to 0. The result of the second send
/// is the result of the request.
///
/// # Proxies and certificates
/// By default no proxies are used and the root certificates of the operating system are trusted;
/// see [`Proxies`](crate::Proxies) and [`RootCertificates`](crate::RootCertificates).
/// [`Config::from_env`](crate::Config::from_env) sets both from the environment.
///
/// # Panics
/// Sending a request outside a tokio runtime is an error. The runtime can be of any flavor but must
/// be built with `enable_all`, as `#[tokio::main]` does: tokio panics if the runtime has no I/O or
/// time driver, which cannot be checked beforehand.
#[derive(Default)]
pub struct HttpTransport {
    pool: Pool,
}

impl HttpTransport {
    /// The maximum size of the body of a successful response, in bytes. A larger body is an error.
    /// The limit protects memory and is far above what AWS services send.
    pub const MAX_SUCCESS: usize = 512 * 1024 * 1024;

    /// The maximum number of bytes that are read from the body of any other response. The rest is
    /// left unread.
    pub const MAX_FAILURE: usize = 1024 * 1024;

    /// Creates a transport with the default settings.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns a builder, to set limits, proxies or root certificates.
    pub fn builder() -> HttpTransportBuilder {
        HttpTransportBuilder::default()
    }

    pub(crate) fn with_settings(settings: TransportSettings) -> Self {
        Self { pool: Pool::new(settings) }
    }

    async fn exchange(
        &self,
        mut request: Request<Bytes>,
    ) -> Result<Response<Bytes>, TransportError> {
        let clients = self.clients(&request)?;
        self.add_proxy_authorization(&mut request);
        let (response, mut read_limit) =
            self.send_with_reconnect(&clients, request.map(Full::new)).await?;
        let (parts, body) = response.into_parts();
        let read = if parts.status.is_success() {
            let length = content_length(&parts.headers, &body);
            let read = read_to_end(body, length, Self::MAX_SUCCESS, &mut read_limit).await;
            read.map_err(|error| error.with_head(parts.status, &parts.headers))?
        } else {
            read_prefix(body, Self::MAX_FAILURE, &mut read_limit).await
        };
        Ok(Response::from_parts(parts, read))
    }

    fn clients(&self, request: &Request<Bytes>) -> Result<Clients, TransportError> {
        let Ok(runtime) = Handle::try_current() else {
            return Err(TransportError::new(Kind::Unusable, "there is no tokio runtime here"));
        };
        let tls = self.pool.settings().needs_tls(request.uri());
        let clients = self.pool.clients(&runtime, tls);
        clients.map_err(|problem| TransportError::new(Kind::Unusable, problem))
    }

    /// Adds the `Proxy-Authorization` header if the request is sent to a forward proxy. For a
    /// tunnel the credentials are part of the `CONNECT` request, and the host behind it must not
    /// see them.
    fn add_proxy_authorization(&self, request: &mut Request<Bytes>) {
        let proxy = self.pool.settings().proxies.forward_proxy(request.uri());
        if let Some(value) = proxy.and_then(|proxy| proxy.authorization()) {
            request.headers_mut().insert(PROXY_AUTHORIZATION, value.clone());
        }
    }

    /// Sends the request and waits for the status and headers of the response. Sends it a second
    /// time if the first connection turns out to have been closed by the server.
    async fn send_with_reconnect(
        &self,
        clients: &Clients,
        request: Request<Full<Bytes>>,
    ) -> Result<(Response<Incoming>, ReadLimit), TransportError> {
        let copy = request.clone();
        match self.send_once(&clients.pooled, request).await {
            Err(error) if error.stale => {
                tracing::debug!(
                    target: CALLS,
                    "the connection had been closed; sending the request again over a new one"
                );
                self.send_once(&clients.fresh, copy).await
            }
            other => other,
        }
        .map_err(|error| error.error)
    }

    async fn send_once(
        &self,
        client: &Client<Connector, Full<Bytes>>,
        mut request: Request<Full<Bytes>>,
    ) -> Result<(Response<Incoming>, ReadLimit), SendError> {
        let mut read_limit = ReadLimit::new(self.pool.settings().read_limit, &mut request);
        let mut response = read_limit.apply(client.request(request)).await??;
        if let Some(activity) = Activity::take_from(response.extensions_mut()) {
            activity.record_response();
        }
        Ok((response, read_limit))
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
        self.pool.settings().fmt_fields("HttpTransport", f)
    }
}

/// The error of one attempt to send a request. `stale` is true if the pooled connection had been
/// closed before the request was sent.
struct SendError {
    error: TransportError,
    stale: bool,
}

impl From<TimedOut> for SendError {
    fn from(timed_out: TimedOut) -> Self {
        Self { error: timed_out.into(), stale: false }
    }
}

impl From<Error> for SendError {
    fn from(error: Error) -> Self {
        let activity = error.connect_info().and_then(Activity::of);
        let stale = activity.is_some_and(|activity| activity.is_stale());
        let kind = if error.is_connect() { Kind::Connect } else { Kind::Exchange };
        let error = TransportError::new(kind, error);
        match error.timed_out() {
            Some(timed_out) => timed_out.into(),
            None => Self { stale: stale && error.is_closed(), error },
        }
    }
}
