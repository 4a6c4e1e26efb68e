//! The `Transport` trait, which sends one request, and its error type.
//!
//! A transport is independent of services and signatures.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};

use crate::http::box_error::BoxError;
use crate::http::causes::{find_cause, has_cause, io_kind};
use crate::http::headers;
use crate::http::limits::TimedOut;
use crate::http::proxy::tunnel::ProxyError;
use crate::http::request_body::RequestBody;
use crate::http::tls::fault::TlsFault;

/// A boxed future.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests.
///
/// Implement this trait to use another HTTP client, and pass it to
/// [`ConfigBuilder::transport`](crate::ConfigBuilder::transport). An implementation must send the
/// request unchanged, because the signature covers it. It must not follow redirects, and it must
/// not send a request more than once: the caller retries as often as its configuration allows. A
/// response of any status is a success; only a request without a complete response is an error.
///
/// If a connection from an earlier request turns out to be closed, an implementation can return an
/// error of kind [`StaleConnection`](TransportErrorKind::StaleConnection). The caller then retries
/// without a delay, and the next request has the extension [`NewConnection`].
///
/// ```
/// use longshore_runtime::transport::Bytes;
/// use longshore_runtime::transport::http::{Request, Response};
/// use longshore_runtime::{
///     BoxFuture, Config, HttpTransport, Transport, TransportError, TransportErrorKind,
/// };
///
/// /// Limits the number of concurrent requests.
/// #[derive(Debug)]
/// struct Bounded {
///     inner: HttpTransport,
///     permits: tokio::sync::Semaphore,
/// }
///
/// impl Transport for Bounded {
///     fn send(
///         &self,
///         request: Request<Bytes>,
///     ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
///         Box::pin(async move {
///             let permit = self.permits.acquire().await;
///             let _permit =
///                 permit.map_err(|e| TransportError::new(TransportErrorKind::Unusable, e))?;
///             self.inner.send(request).await
///         })
///     }
/// }
///
/// let permits = tokio::sync::Semaphore::new(8);
/// let config =
///     Config::builder().transport(Bounded { inner: HttpTransport::new(), permits }).build();
/// # let _ = config;
/// ```
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends one request, which has an absolute URL, and reads the whole response.
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>>;

    /// Sends one request whose body need not be in memory as a whole. Clients call this method.
    ///
    /// The default implementation passes all bytes of the body to [`send`](Self::send), which
    /// copies large blobs. To avoid the copy, send [`RequestBody::chunks`]. A transport that wraps
    /// another one can pass the request to the `send_body` of the other one.
    fn send_body(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        self.send(request.map(RequestBody::into_bytes))
    }
}

/// A request extension that demands a new connection.
///
/// A client adds it to the attempt after a
/// [`StaleConnection`](TransportErrorKind::StaleConnection), because other idle connections to the
/// same host are probably closed as well. [`HttpTransport`](crate::HttpTransport) supports it. A
/// transport without reusable connections can ignore it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewConnection;

/// Allows sharing a transport, for example with a test that inspects it afterwards.
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        T::send(self, request)
    }

    fn send_body(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        T::send_body(self, request)
    }
}

/// Allows choosing a transport at run time.
impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        T::send(self, request)
    }

    fn send_body(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        T::send_body(self, request)
    }
}

/// The error of a request without a complete response.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
    status: Option<u16>,
    request_id: Option<String>,
}

/// The stage at which a request failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be opened: the name does not resolve, the port is closed, or the
    /// certificate is not trusted.
    Connect,
    /// A time limit was exceeded.
    Timeout,
    /// The connection ended before the response began, or the response was not valid HTTP.
    Exchange,
    /// A connection that had carried a response before was closed so soon after the request was
    /// sent that the server most likely did not receive the request.
    StaleConnection,
    /// The response ended early.
    Body,
    /// The response is larger than the transport allows.
    TooLarge,
    /// The transport cannot work in this environment, so retrying does not help.
    Unusable,
}

impl TransportError {
    /// Creates an error.
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self { kind, source: source.into(), status: None, request_id: None }
    }

    /// Adds the status and the request id of a response whose body could not be read.
    #[must_use]
    pub fn with_head(mut self, status: StatusCode, headers: &HeaderMap) -> Self {
        self.status = Some(status.as_u16());
        self.request_id = headers::request_id(headers).map(str::to_owned);
        self
    }

    /// Returns the HTTP status, if the headers of a response were received.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Returns the request id that the service assigned, if the headers of a response were received
    /// and contain one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Changes the stage at which the request failed.
    pub(crate) fn with_kind(mut self, kind: TransportErrorKind) -> Self {
        self.kind = kind;
        self
    }

    /// Returns the stage at which the request failed.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Returns true if a time limit was exceeded, either ours or the operating system's.
    pub(crate) fn is_timeout(&self) -> bool {
        self.kind == TransportErrorKind::Timeout
            || has_cause(&*self.source, |error| io_kind(error) == Some(io::ErrorKind::TimedOut))
    }

    /// Returns true if another attempt may succeed. It returns false if the transport cannot work,
    /// or if the server will respond the same way again, for example with an untrusted certificate
    /// or with something other than HTTP.
    pub(crate) fn is_retryable(&self) -> bool {
        let permanent =
            matches!(self.kind, TransportErrorKind::TooLarge | TransportErrorKind::Unusable);
        !permanent && !has_cause(&*self.source, is_permanent)
    }

    /// Returns true if the other side closed the connection.
    pub(crate) fn is_closed(&self) -> bool {
        has_cause(&*self.source, is_connection_end)
    }

    /// Returns the time limit that was exceeded, if this caused the error.
    pub(crate) fn timed_out(&self) -> Option<TimedOut> {
        find_cause(&*self.source, |error| error.downcast_ref::<TimedOut>().copied())
    }
}

/// Returns true if the error means that the connection was closed.
fn is_connection_end(error: &(dyn StdError + 'static)) -> bool {
    let http = error.downcast_ref::<hyper::Error>();
    http.is_some_and(|error| {
        error.is_incomplete_message() || error.is_canceled() || error.is_closed()
    }) || matches!(
        io_kind(error),
        Some(
            io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe
                | io::ErrorKind::NotConnected
                | io::ErrorKind::UnexpectedEof
        )
    )
}

/// Returns true if another attempt would fail the same way.
fn is_permanent(error: &(dyn StdError + 'static)) -> bool {
    let http = error.downcast_ref::<hyper::Error>();
    http.is_some_and(hyper::Error::is_parse)
        || error.is::<rustls::Error>()
        || error.downcast_ref::<TlsFault>().is_some_and(TlsFault::is_permanent)
        || error.downcast_ref::<ProxyError>().is_some_and(ProxyError::is_final)
        // An example is a chunked body with invalid chunk lengths.
        || matches!(io_kind(error), Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput))
}

impl From<TimedOut> for TransportError {
    fn from(timed_out: TimedOut) -> Self {
        Self::new(TransportErrorKind::Timeout, timed_out)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect",
            TransportErrorKind::Timeout => "timed out",
            TransportErrorKind::Exchange => "the connection failed before a response was received",
            TransportErrorKind::StaleConnection => "the server had closed the idle connection",
            TransportErrorKind::Body => "the response ended early",
            TransportErrorKind::TooLarge => "the response is too large",
            TransportErrorKind::Unusable => "the transport cannot be used",
        })
    }
}

impl StdError for TransportError {
    /// Skips the error of the HTTP client, whose text only repeats the kind.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let http_client = self.source.downcast_ref::<hyper_util::client::legacy::Error>();
        http_client.and_then(StdError::source).or(Some(&*self.source))
    }
}
