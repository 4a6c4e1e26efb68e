//! Sends the requests of providers that do not call a service.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::tokio_runtime::requirements::check_timers;
use crate::{NewConnection, Transport, TransportError, TransportErrorKind};

/// Sends a request once, within `limit`.
///
/// Each request uses a new connection: requests for credentials are rare, so idle connections are
/// likely to be stale.
pub(super) async fn send(
    transport: &dyn Transport,
    mut request: Request<Bytes>,
    limit: Duration,
) -> Result<Response<Bytes>, TransportError> {
    check_timers().map_err(|missing| TransportError::new(TransportErrorKind::Unusable, missing))?;
    request.extensions_mut().insert(NewConnection);
    tokio::time::timeout(limit, transport.send(request)).await.unwrap_or_else(|_| {
        let text = format!("no response within {} s", limit.as_secs_f32());
        Err(TransportError::new(TransportErrorKind::Timeout, text))
    })
}

/// Returns the text of the innermost cause, because the errors around it add no information.
pub(super) fn innermost(error: &dyn Error) -> String {
    let mut last = error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    last.to_string()
}
