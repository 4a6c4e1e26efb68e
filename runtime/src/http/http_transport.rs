//! The default transport: HTTP/1.1 by hyper over a pool of connections, TLS by rustls.
//!
//! It runs on whatever tokio runtime its caller runs on and starts none itself.

use std::fmt;

use bytes::Bytes;
use http::header::PROXY_AUTHORIZATION;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::client::legacy::{Client, Error};
use tokio::runtime::Handle;

use crate::client::trace;
use crate::http::activity::Activity;
use crate::http::body::{declared, read_all, read_beginning};
use crate::http::builder::{HttpTransportBuilder, Settings};
use crate::http::connector::Connector;
use crate::http::limits::Passed;
use crate::http::pool::{Clients, Pool};
use crate::http::read_limit::ReadLimit;
use crate::http::transport::{BoxFuture, Transport, TransportError, TransportErrorKind as Kind};

/// Sends requests over connections that are kept open for the next one.
///
/// Nothing is opened or loaded before the first request. It may be shared between tokio runtimes,
/// also of several threads: connections stay with the runtime that opened them.
///
/// # Limits of time
/// A connection may take 3.1 s, name, TCP, proxy and TLS together; the wait for bytes has no limit
/// unless [one is set](HttpTransportBuilder::read_limit). A limit that passes is an error of the kind
/// [`Timeout`](Kind::Timeout) whose text names it.
///
/// # Connections
/// Each runtime keeps at most [128](HttpTransportBuilder::IDLE_CONNECTIONS) connections without work
/// for each host, each for [20 s](HttpTransportBuilder::IDLE_TIME). One whose answer was not read to
/// its end is not used again.
///
/// A server may close a connection while it is kept, which may be seen only after the next request
/// went out over it. So a request is sent a second time, over a new connection, where the first one
/// had carried an answer before and closed without a byte of the next. That the server saw nothing
/// of the request is likely and not certain; a caller who must know can see to it that connections
/// are not used twice, by [`idle_connections`](HttpTransportBuilder::idle_connections). What becomes
/// of the second time is what becomes of the request.
///
/// # Proxies and certificates
/// There are no proxies unless [`Proxies`](crate::Proxies) names them, and whom the operating system
/// trusts is trusted unless [`RootCertificates`](crate::RootCertificates) says otherwise. A
/// [`Config`](crate::Config) that reads the environment finds both there.
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

    /// A transport with other limits, proxies or root certificates.
    pub fn builder() -> HttpTransportBuilder {
        HttpTransportBuilder::default()
    }

    pub(crate) fn with_settings(settings: Settings) -> Self {
        Self { pool: Pool::new(settings) }
    }

    async fn exchange(
        &self,
        mut request: Request<Bytes>,
    ) -> Result<Response<Bytes>, TransportError> {
        let clients = self.clients(&request)?;
        self.introduce(&mut request);
        let (answer, mut waits) = self.answer(&clients, request.map(Full::new)).await?;
        let (head, body) = answer.into_parts();
        let read = if head.status.is_success() {
            let length = declared(&head.headers, &body);
            let read = read_all(body, length, Self::MAX_SUCCESS, &mut waits).await;
            read.map_err(|error| error.with_head(head.status, &head.headers))?
        } else {
            read_beginning(body, Self::MAX_FAILURE, &mut waits).await
        };
        Ok(Response::from_parts(head, read))
    }

    fn clients(&self, request: &Request<Bytes>) -> Result<Clients, TransportError> {
        let Ok(runtime) = Handle::try_current() else {
            return Err(TransportError::new(Kind::Unusable, "there is no tokio runtime here"));
        };
        let tls = self.pool.settings().needs_tls(request.uri());
        let clients = self.pool.clients(&runtime, tls);
        clients.map_err(|problem| TransportError::new(Kind::Unusable, problem))
    }

    /// Tells a proxy that is handed the whole request who asks. One that is asked for a way by
    /// `CONNECT` was told so there, and the host behind it must not learn it.
    fn introduce(&self, request: &mut Request<Bytes>) {
        let proxy = self.pool.settings().proxies.handed(request.uri());
        if let Some(value) = proxy.and_then(|proxy| proxy.authorization()) {
            request.headers_mut().insert(PROXY_AUTHORIZATION, value.clone());
        }
    }

    /// The head of the answer, asked for once more where the connection had been closed before.
    async fn answer(
        &self,
        clients: &Clients,
        request: Request<Full<Bytes>>,
    ) -> Result<(Response<Incoming>, ReadLimit), TransportError> {
        let again = request.clone();
        match self.once(&clients.pooled, request).await {
            Err(failure) if failure.stale => {
                trace::stale();
                self.once(&clients.fresh, again).await
            }
            other => other,
        }
        .map_err(|failure| failure.error)
    }

    async fn once(
        &self,
        client: &Client<Connector, Full<Bytes>>,
        mut request: Request<Full<Bytes>>,
    ) -> Result<(Response<Incoming>, ReadLimit), Failure> {
        let mut waits = ReadLimit::new(self.pool.settings().read_limit, &mut request);
        let mut answer = waits.keep(client.request(request)).await??;
        if let Some(activity) = Activity::taken_from(answer.extensions_mut()) {
            activity.mark_used();
        }
        Ok((answer, waits))
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
        self.pool.settings().print("HttpTransport", f)
    }
}

/// Why there is no head of an answer, and whether the connection is to blame, which had been closed
/// before the request was sent.
struct Failure {
    error: TransportError,
    stale: bool,
}

impl From<Passed> for Failure {
    fn from(passed: Passed) -> Self {
        Self { error: passed.into_error(), stale: false }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let activity = error.connect_info().and_then(Activity::of);
        let unused = activity.is_some_and(|activity| activity.is_stale());
        let kind = if error.is_connect() { Kind::Connect } else { Kind::Exchange };
        let error = TransportError::new(kind, error);
        match error.passed() {
            Some(passed) => passed.into(),
            None => Self { stale: unused && error.is_closed(), error },
        }
    }
}
