//! The error of a request without a complete response.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use http::{HeaderMap, StatusCode};

use crate::http::box_error::BoxError;
use crate::http::causes::{has_cause, io_kind};
use crate::http::headers;
#[cfg(feature = "http-transport")]
use crate::http::hyper_errors;

/// The error of a request without a complete response.
#[derive(Debug)]
pub struct TransportError {
    pub(super) kind: TransportErrorKind,
    pub(super) source: BoxError,
    status: Option<u16>,
    request_id: Option<String>,
}

/// The stage at which a request failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    #[must_use]
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
}

/// Returns true if another attempt would fail the same way.
fn is_permanent(error: &(dyn StdError + 'static)) -> bool {
    #[cfg(feature = "http-transport")]
    if hyper_errors::is_permanent(error) {
        return true;
    }
    // An example is a chunked body with invalid chunk lengths.
    matches!(io_kind(error), Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput))
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
    /// Skips the error of hyper's client, whose text only repeats the kind.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        #[cfg(feature = "http-transport")]
        if let Some(source) = hyper_errors::source_of_client_error(&*self.source) {
            return Some(source);
        }
        Some(&*self.source)
    }
}
