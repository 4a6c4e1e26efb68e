//! What carries a request to its answer: a trait, so that tests and other HTTP clients fit in.
//!
//! A transport knows nothing of services or signatures; it must send what it is given unchanged,
//! because the signature covers it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::{Request, Response};

/// A future in a box.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends one request, which has a full URL, and reads the whole answer.
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>>;
}

/// A request that got no answer, or not all of it.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn std::error::Error + Send + Sync>,
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
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self { kind, source: source.into() }
    }

    /// How far the request came.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether a limit of time passed, ours or the operating system's.
    pub(crate) fn is_timeout(&self) -> bool {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&*self.source);
        while let Some(error) = cause {
            let io = error.downcast_ref::<std::io::Error>();
            if io.is_some_and(|error| error.kind() == std::io::ErrorKind::TimedOut) {
                return true;
            }
            cause = error.source();
        }
        self.kind == TransportErrorKind::Timeout
    }

    /// Whether another attempt may fare better.
    pub(crate) fn is_retryable(&self) -> bool {
        !matches!(self.kind, TransportErrorKind::TooLarge | TransportErrorKind::Unusable)
    }
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

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
