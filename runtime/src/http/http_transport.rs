//! The default transport: HTTP/1.1 over pooled connections (hyper) with TLS (rustls).
//!
//! It runs on the tokio runtime of its caller and starts none itself.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::PROXY_AUTHORIZATION;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper_util::client::legacy::{Client, Error};

use crate::http::activity::Activity;
use crate::http::body::{content_length, read_prefix, read_to_end};
use crate::http::body_chunks::BodyChunks;
use crate::http::builder::HttpTransportBuilder;
use crate::http::connector::Connector;
use crate::http::pool::{Clients, Pool};
use crate::http::read_limit::ReadLimit;
use crate::http::request_body::RequestBody;
use crate::http::settings::TransportSettings;
use crate::http::tls::fault::{Peer, TlsFault, explain};
use crate::http::transport::{BoxFuture, NewConnection, Transport};
use crate::http::transport_error::{TransportError, TransportErrorKind as Kind};

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
/// By default each runtime keeps up to [1,024](HttpTransportBuilder::IDLE_CONNECTIONS) idle
/// connections per host, each for [20 s](HttpTransportBuilder::IDLE_TIME). A connection is not
/// reused if its response was not read to the end.
///
/// A server may close an idle connection, and the client may notice only after sending the next
/// request over it. Such a request fails with [`StaleConnection`](Kind::StaleConnection) if the
/// connection had carried a response before, and ended within [a few
/// milliseconds](HttpTransportBuilder::STALE_WINDOW) of the first byte of the request and before
/// any byte of its response was received. The transport itself sends every request at most once. A
/// client sends the request again over a new connection, as another attempt, if its
/// [`RetryConfig`](crate::RetryConfig) allows one.
///
/// # Proxies and certificates
/// By default no proxies are used and the root certificates of the operating system are trusted;
/// see [`Proxies`](crate::Proxies) and [`RootCertificates`](crate::RootCertificates).
/// [`Config::from_env`](crate::Config::from_env) sets both from the environment.
///
/// # Runtimes
/// Requests need a tokio runtime of any flavor with timers and I/O, such as `#[tokio::main]`
/// builds. Without one, every request fails with an error of kind [`Unusable`](Kind::Unusable).
/// Missing timers or I/O can only be detected by catching a panic of tokio. The panic hook of the
/// program runs before the panic is caught, and a program compiled with `panic = "abort"` aborts.
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
        mut request: Request<RequestBody>,
    ) -> Result<Response<Bytes>, TransportError> {
        let clients = self.clients(&request).await?;
        let new_connection = request.extensions_mut().remove::<NewConnection>().is_some();
        let client = if new_connection { &clients.fresh } else { &clients.pooled };
        self.add_proxy_authorization(&mut request);
        let request = request.map(|body| body.chunks());
        let (response, mut read_limit) = self.send_request(client, request).await?;
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

    async fn clients(
        &self,
        request: &Request<RequestBody>,
    ) -> Result<Arc<Clients>, TransportError> {
        let tls = self.pool.settings().needs_tls(request.uri());
        let clients = self.pool.clients(tls).await;
        clients.map_err(|problem| TransportError::new(Kind::Unusable, problem))
    }

    /// Adds the `Proxy-Authorization` header if the request is sent to a forward proxy. For a
    /// tunnel the credentials are part of the `CONNECT` request, and the host behind it must not
    /// see them.
    fn add_proxy_authorization(&self, request: &mut Request<RequestBody>) {
        let proxy = self.pool.settings().proxies.forward_proxy(request.uri());
        if let Some(value) = proxy.and_then(|proxy| proxy.authorization()) {
            request.headers_mut().insert(PROXY_AUTHORIZATION, value.clone());
        }
    }

    /// Sends the request and waits for the status and headers of the response.
    async fn send_request(
        &self,
        client: &Client<Connector, BodyChunks>,
        mut request: Request<BodyChunks>,
    ) -> Result<(Response<Incoming>, ReadLimit), TransportError> {
        let settings = self.pool.settings();
        let forwarded = settings.proxies.forward_proxy(request.uri()).is_some();
        let peer = if forwarded { Peer::Proxy } else { Peer::Server };
        let mut read_limit = ReadLimit::new(settings.read_limit, &mut request);
        let sent = read_limit.apply(client.request(request)).await?;
        let mut response = sent.map_err(|error| self.send_error(error, peer))?;
        if let Some(activity) = Activity::take_from(response.extensions_mut()) {
            activity.record_response();
        }
        Ok((response, read_limit))
    }

    fn send_error(&self, error: Error, peer: Peer) -> TransportError {
        let activity = error.connect_info().and_then(Activity::of);
        let kind = if error.is_connect() { Kind::Connect } else { Kind::Exchange };
        if activity.as_ref().is_some_and(|activity| activity.received_tls()) {
            return TransportError::new(kind, TlsFault::unexpected(peer));
        }
        let error = TransportError::new(kind, explain(error, peer));
        if let Some(timed_out) = error.timed_out() {
            return timed_out.into();
        }
        let window = self.pool.settings().stale_window;
        let stale =
            activity.zip(window).is_some_and(|(activity, window)| activity.is_stale(window));
        if stale && error.is_closed() {
            return error.with_kind(Kind::StaleConnection);
        }
        error
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        self.send_body(request.map(RequestBody::from))
    }

    fn send_body(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pool.settings().fmt_fields("HttpTransport", f)
    }
}
