//! The spans and events of a call.
//!
//! They contain names, numbers and reasons. Nothing that may hold a secret is logged: no header
//! except the request ID, no body, and no text of an error.

use std::time::Duration;

use tracing::Span;
use tracing::field::Empty;

use crate::client::operation_info::OperationInfo;
use crate::client::retry::retries::RetryReason;
use crate::display::log_target::CALLS;

/// The span of a call.
pub(crate) fn call_span(operation: &'static OperationInfo, region: Option<&str>) -> Span {
    let (service, operation) = (operation.service.id, operation.name);
    tracing::info_span!(target: CALLS, "longshore.call", service, operation, region)
}

/// Records a region that was looked up after the span of its call was created.
pub(crate) fn record_region(call: &Span, region: Option<&str>) {
    if let Some(region) = region {
        call.record("region", region);
    }
}

/// The span of an attempt, counted from 1.
pub(crate) fn attempt_span(attempt: u32) -> Span {
    tracing::debug_span!(
        target: CALLS,
        "longshore.attempt",
        attempt,
        status = Empty,
        request_id = Empty
    )
}

/// Records what is known about the response to an attempt.
pub(crate) fn record_response(attempt: &Span, status: u16, request_id: Option<&str>) {
    attempt.record("status", status);
    if let Some(id) = request_id {
        attempt.record("request_id", id);
    }
}

/// Logs that there will be another attempt.
pub(crate) fn retrying(attempt: u32, reason: RetryReason, delay: Duration) {
    let delay_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
    let reason = reason.name();
    tracing::debug!(target: CALLS, attempt, delay_ms, reason, "retrying the call");
}

/// Logs that the local clock differs from the clock of the service.
pub(crate) fn clock_corrected(seconds: i64) {
    tracing::warn!(
        target: CALLS,
        seconds,
        "the local clock is wrong; signatures use the time of the service from now on"
    );
}
