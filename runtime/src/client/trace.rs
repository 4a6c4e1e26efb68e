//! The spans and events of a call.
//!
//! They contain names, numbers, reasons, and errors as [`Error`](crate::Error) prints them. Nothing
//! that may hold a secret is logged: no header except the request ID, no body, and no message that
//! the model marks as sensitive.

use std::fmt::{self, Write};
use std::time::Duration;

use tracing::Span;
use tracing::field::{Empty, display};

use crate::client::error::cause::Cause;
use crate::client::error::print;
use crate::client::operation_info::OperationInfo;
use crate::client::response::service_response::ServiceResponse;
use crate::client::retry::retries::RetryReason;
use crate::display::log_target::CALLS;
use crate::display::one_line::{Clipped, OneLine};

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

/// Logs that another attempt follows, and the result of the last one.
pub(crate) fn retrying(
    attempt: u32,
    reason: RetryReason,
    delay: Duration,
    result: &Result<ServiceResponse, Cause>,
) {
    let (delay_ms, reason, error) = (milliseconds(delay), reason.name(), FailedAttempt(result));
    tracing::debug!(target: CALLS, attempt, delay_ms, reason, %error, "retrying the call");
}

/// Logs that an attempt has to wait for its permit in the adaptive retry mode.
pub(crate) fn rate_limited(attempt: u32, delay: Duration) {
    let delay_ms = milliseconds(delay);
    tracing::debug!(target: CALLS, attempt, delay_ms, "delaying the attempt because of the rate limit");
}

/// Logs that the service throttled an attempt, and the rate at which the client sends requests now.
pub(crate) fn throttled(requests_per_second: f64) {
    tracing::debug!(target: CALLS, requests_per_second, "throttled; lowering the rate limit");
}

/// Logs the end of a call, before its response is decoded.
pub(crate) fn call_ended(
    operation: &'static OperationInfo,
    attempts: u32,
    result: &Result<ServiceResponse, Cause>,
    duration: Duration,
) {
    let (operation, duration_ms) = (operation.name, milliseconds(duration));
    let status = match result {
        Ok(response) => Some(response.status.as_u16()),
        Err(cause) => cause.status(),
    };
    let failed = result.as_ref().map_or(true, |response| response.error.is_some());
    let error = failed.then(|| display(FailureName(result)));
    tracing::debug!(target: CALLS, operation, attempts, status, duration_ms, error, "the call ended");
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Prints why an attempt failed: the code, the message and the status of the response, or why there
/// was none.
struct FailedAttempt<'a>(&'a Result<ServiceResponse, Cause>);

impl fmt::Display for FailedAttempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = OneLine(f);
        let response = match self.0 {
            Ok(response) => response,
            Err(cause) => return cause.fmt(&mut line),
        };
        let error = response.error.as_ref();
        let code = error.and_then(|error| error.code.as_deref());
        write!(line, "{}", Clipped(code.unwrap_or("a response with no error code")))?;
        if let Some(message) = error.and_then(|error| error.message.as_deref()) {
            write!(line, ": {}", Clipped(message))?;
        }
        print::response(&mut line, response.status.as_u16(), response.request_id())
    }
}

/// Prints the error code of a failed call, or the kind of its error.
struct FailureName<'a>(&'a Result<ServiceResponse, Cause>);

impl fmt::Display for FailureName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Err(cause) => write!(f, "{:?}", cause.kind()),
            Ok(ServiceResponse { error: Some(error), .. }) if error.code.is_some() => {
                write!(OneLine(f), "{}", Clipped(error.code.as_deref().unwrap_or_default()))
            }
            Ok(_) => f.write_str("Service"),
        }
    }
}

/// Logs that the local clock differs from the clock of the service.
pub(crate) fn clock_corrected(seconds: i64) {
    tracing::warn!(
        target: CALLS,
        seconds,
        "the local clock is wrong; signatures use the time of the service from now on"
    );
}
