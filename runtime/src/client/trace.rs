//! What a log is told of a call: names, numbers and reasons.
//!
//! This is the only place of a call that writes to a log; what is said of credentials and settings is
//! said where they are found. Nothing comes here that could hold a
//! secret: no header but the identifier of the request, no body, no text of an error.

use std::time::Duration;

use tracing::Span;
use tracing::field::Empty;

use crate::client::call::Call;
use crate::client::retry::Reason;

/// The span around a call.
pub(crate) fn call(call: &'static Call, region: Option<&str>) -> Span {
    let (service, operation) = (call.service.id, call.operation);
    tracing::info_span!("longshore.call", service, operation, region)
}

/// The region that had to be found out after the span of its call began.
pub(crate) fn found(call: &Span, region: Option<&str>) {
    if let Some(region) = region {
        call.record("region", region);
    }
}

/// The span around an attempt, counted from 1.
pub(crate) fn attempt(attempt: u32) -> Span {
    tracing::debug_span!("longshore.attempt", attempt, status = Empty, request_id = Empty)
}

/// What came of an attempt, as far as there was an answer.
pub(crate) fn answered(attempt: &Span, status: u16, request_id: Option<&str>) {
    attempt.record("status", status);
    if let Some(id) = request_id {
        attempt.record("request_id", id);
    }
}

/// There will be another attempt.
pub(crate) fn retry(attempt: u32, reason: Reason, delay: Duration) {
    let delay_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
    tracing::debug!(attempt, delay_ms, reason = reason.name(), "attempting the call again");
}

/// A request is sent once more within its attempt, because the server had closed the connection.
pub(crate) fn stale() {
    tracing::debug!("the connection had been closed; sending the request again over a new one");
}

/// The clock of this machine is not the service's.
pub(crate) fn clock(seconds: i64) {
    tracing::warn!(
        seconds,
        "the clock of this machine is wrong; signatures have the time of the service from now on"
    );
}
