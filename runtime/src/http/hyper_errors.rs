//! Classifies the errors of hyper and rustls, which the default transport returns.

use std::error::Error as StdError;
use std::io;

use crate::http::causes::{find_cause, has_cause, io_kind};
use crate::http::limits::TimedOut;
use crate::http::proxy::tunnel::ProxyError;
use crate::http::tls::fault::TlsFault;
use crate::http::transport_error::{TransportError, TransportErrorKind};

impl TransportError {
    /// Changes the stage at which the request failed.
    pub(crate) fn with_kind(mut self, kind: TransportErrorKind) -> Self {
        self.kind = kind;
        self
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

impl From<TimedOut> for TransportError {
    fn from(timed_out: TimedOut) -> Self {
        Self::new(TransportErrorKind::Timeout, timed_out)
    }
}

/// Returns true if another attempt would fail the same way.
pub(super) fn is_permanent(error: &(dyn StdError + 'static)) -> bool {
    let http = error.downcast_ref::<hyper::Error>();
    http.is_some_and(hyper::Error::is_parse)
        || error.is::<rustls::Error>()
        || error.downcast_ref::<TlsFault>().is_some_and(TlsFault::is_permanent)
        || error.downcast_ref::<ProxyError>().is_some_and(ProxyError::is_final)
}

/// Returns the source of an error of hyper's client.
pub(super) fn source_of_client_error<'e>(
    error: &'e (dyn StdError + 'static),
) -> Option<&'e (dyn StdError + 'static)> {
    error.downcast_ref::<hyper_util::client::legacy::Error>()?.source()
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
