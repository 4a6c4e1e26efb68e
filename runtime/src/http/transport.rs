//! What carries a request to its answer: a trait, so that tests and other HTTP clients fit in.
//!
//! A transport knows nothing of services or signatures; it must send what it is given unchanged,
//! because the signature covers it.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};

use crate::client::answer;
use crate::http::limits::Passed;
use crate::http::proxy::tunnel::ProxyError;

/// A future in a box.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Any error.
pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// Sends requests.
///
/// A client of one's own is a type with this trait, given to
/// [`ConfigBuilder::transport`](crate::ConfigBuilder::transport). It sends the request as it is,
/// because the signature covers it, follows no redirects, and does not try again, which is the
/// caller's part. An answer is one whatever its status; an error is what got none.
///
/// ```
/// use bytes::Bytes;
/// use http::{Request, Response};
/// use longshore_runtime::{
///     BoxFuture, Config, HttpTransport, Transport, TransportError, TransportErrorKind,
/// };
///
/// /// Lets no more than so many requests through at once.
/// #[derive(Debug)]
/// struct Bounded {
///     inner: HttpTransport,
///     places: tokio::sync::Semaphore,
/// }
///
/// impl Transport for Bounded {
///     fn send(
///         &self,
///         request: Request<Bytes>,
///     ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
///         Box::pin(async move {
///             let place = self.places.acquire().await;
///             let _place =
///                 place.map_err(|e| TransportError::new(TransportErrorKind::Unusable, e))?;
///             self.inner.send(request).await
///         })
///     }
/// }
///
/// let places = tokio::sync::Semaphore::new(8);
/// let config =
///     Config::builder().transport(Bounded { inner: HttpTransport::new(), places }).build();
/// # let _ = config;
/// ```
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends one request, which has a full URL, and reads the whole answer.
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>>;
}

/// Shared with whoever looks at it afterwards, as tests do.
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        T::send(self, request)
    }
}

/// Chosen when the program runs.
impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        T::send(self, request)
    }
}

/// A request that got no answer, or not all of it.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
    status: Option<u16>,
    request_id: Option<String>,
}

/// How far a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// There was no connection: a name without an address, a port nobody listens on, a
    /// certificate nobody trusts.
    Connect,
    /// A limit of time passed.
    Timeout,
    /// The connection ended before the answer began, or what came was no answer of HTTP.
    Exchange,
    /// The answer broke off.
    Body,
    /// The answer is larger than the transport reads.
    TooLarge,
    /// The transport cannot work here, so that another attempt is of no use.
    Unusable,
}

impl TransportError {
    /// An error of a transport.
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self { kind, source: source.into(), status: None, request_id: None }
    }

    /// With what the head of an answer says whose body did not come: its status, and the identifier
    /// of the request, by which a service finds it.
    #[must_use]
    pub fn with_head(mut self, status: StatusCode, headers: &HeaderMap) -> Self {
        self.status = Some(status.as_u16());
        self.request_id = answer::request_id(headers);
        self
    }

    /// The HTTP status, where the head of an answer came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The identifier of the request at the service, where the head of an answer named it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// How far the request came.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether a limit of time passed, ours or the operating system's.
    pub(crate) fn is_timeout(&self) -> bool {
        self.kind == TransportErrorKind::Timeout
            || self.has_cause(|error| io_kind(error) == Some(io::ErrorKind::TimedOut))
    }

    /// Whether another attempt may fare better. It does not where this one cannot work at all, and
    /// where the other side answers in a way that it will answer again: with a certificate nobody
    /// trusts, or with something that is no HTTP.
    pub(crate) fn is_retryable(&self) -> bool {
        let hopeless =
            matches!(self.kind, TransportErrorKind::TooLarge | TransportErrorKind::Unusable);
        !hopeless && !self.has_cause(is_wrong)
    }

    /// Whether the other side ended the connection, in whatever way.
    pub(crate) fn is_closed(&self) -> bool {
        self.has_cause(is_end)
    }

    /// The limit of time that ended the attempt to connect.
    pub(crate) fn passed(&self) -> Option<Passed> {
        self.find_cause(|error| error.downcast_ref::<Passed>().copied())
    }

    fn has_cause(&self, is: fn(&(dyn StdError + 'static)) -> bool) -> bool {
        self.find_cause(|error| is(error).then_some(())).is_some()
    }

    fn find_cause<T>(&self, find: impl Fn(&(dyn StdError + 'static)) -> Option<T>) -> Option<T> {
        let mut next: Option<&(dyn StdError + 'static)> = Some(&*self.source);
        while let Some(error) = next {
            if let Some(found) = find(error) {
                return Some(found);
            }
            next = match inner(error) {
                Some(inner) => Some(inner),
                None => error.source(),
            };
        }
        None
    }
}

/// The error in an error of input or output, whose own source would be one further.
fn inner<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    error.downcast_ref::<io::Error>()?.get_ref().map(|inner| inner as _)
}

fn io_kind(error: &(dyn StdError + 'static)) -> Option<io::ErrorKind> {
    error.downcast_ref::<io::Error>().map(io::Error::kind)
}

/// The end of a connection.
fn is_end(error: &(dyn StdError + 'static)) -> bool {
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

/// What no other attempt makes right.
fn is_wrong(error: &(dyn StdError + 'static)) -> bool {
    let http = error.downcast_ref::<hyper::Error>();
    http.is_some_and(hyper::Error::is_parse)
        || error.is::<rustls::Error>()
        || error.downcast_ref::<ProxyError>().is_some_and(ProxyError::is_final)
        // Pieces of a body whose lengths are no numbers, and the like.
        || matches!(io_kind(error), Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput))
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect",
            TransportErrorKind::Timeout => "took too long",
            TransportErrorKind::Exchange => "the connection failed before an answer came",
            TransportErrorKind::Body => "the answer broke off",
            TransportErrorKind::TooLarge => "the answer is too large",
            TransportErrorKind::Unusable => "the transport cannot be used",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
