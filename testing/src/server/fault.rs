//! Faults that replace or delay a response.

use std::collections::VecDeque;
use std::time::Duration;

/// A failure that affects one request.
///
/// Pass it to [`Server::fault`](super::Server::fault); the next request triggers it.
///
/// ```
/// use std::time::Duration;
/// use longshore_testing::Fault;
///
/// let throttled = Fault::throttle().retry_after(Duration::from_secs(1));
/// let third_request = Fault::drop().after(2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a fault has no effect until it is passed to a server"]
pub struct Fault {
    pub(super) kind: FaultKind,
    /// How many requests are handled normally first.
    skip: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FaultKind {
    Delay(Duration),
    Error(ErrorResponse),
    Garbage,
    Truncate,
    Drop,
    Reset,
}

/// An error response that is sent without handling the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ErrorResponse {
    pub(super) status: u16,
    /// The error code and the message, unless the body is empty.
    pub(super) error: Option<(String, String)>,
    pub(super) retry_after: Option<Duration>,
}

impl Fault {
    /// Handles the request normally after a delay.
    pub fn delay(time: Duration) -> Self {
        Self::of(FaultKind::Delay(time))
    }

    /// Responds with the error `ThrottlingException` and status 400.
    pub fn throttle() -> Self {
        Self::error(400, "ThrottlingException", "Rate exceeded")
    }

    /// Responds with this status and an empty body, as a proxy would. Informational and invalid
    /// statuses are sent as 500.
    pub fn status(status: u16) -> Self {
        Self::of(FaultKind::Error(ErrorResponse { status, error: None, retry_after: None }))
    }

    /// Responds with an error of the service.
    pub fn error(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        let error = Some((code.into(), message.into()));
        Self::of(FaultKind::Error(ErrorResponse { status, error, retry_after: None }))
    }

    /// Closes the connection without a response. The request is not handled.
    pub fn drop() -> Self {
        Self::of(FaultKind::Drop)
    }

    /// Resets the connection, as a crashing server does. The request is not handled.
    pub fn reset() -> Self {
        Self::of(FaultKind::Reset)
    }

    /// Handles the request, and closes the connection in the middle of the response.
    pub fn truncate() -> Self {
        Self::of(FaultKind::Truncate)
    }

    /// Responds with status 200 and a body that is neither JSON nor XML. The request is not handled.
    pub fn garbage() -> Self {
        Self::of(FaultKind::Garbage)
    }

    /// Sends `x-amz-retry-after`, the delay after which clients retry. Only error responses have it;
    /// the method has no effect on other faults.
    pub fn retry_after(mut self, delay: Duration) -> Self {
        if let FaultKind::Error(response) = &mut self.kind {
            response.retry_after = Some(delay);
        }
        self
    }

    /// Lets this many requests be handled normally first. If several faults are registered, the
    /// count starts after the previous fault has occurred.
    pub fn after(mut self, requests: usize) -> Self {
        self.skip = requests;
        self
    }

    fn of(kind: FaultKind) -> Self {
        Self { kind, skip: 0 }
    }
}

/// A queue of faults.
#[derive(Debug, Default)]
pub(super) struct FaultQueue(VecDeque<Fault>);

impl FaultQueue {
    pub(super) fn push(&mut self, fault: Fault) {
        self.0.push_back(fault);
    }

    /// The fault of the current request.
    pub(super) fn next(&mut self) -> Option<FaultKind> {
        let first = self.0.front_mut()?;
        match first.skip.checked_sub(1) {
            Some(remaining) => {
                first.skip = remaining;
                None
            }
            None => self.0.pop_front().map(|fault| fault.kind),
        }
    }
}
