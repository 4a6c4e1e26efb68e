//! The reasons why a call is rejected, as messages.

use std::fmt;

use super::error_code::{UNEXPECTED_CALL, UNREADABLE_BODY};
use super::invalid_request::InvalidRequest;
use super::protocol::UnreadableRequest;
use super::received::ReceivedRequest;

/// The test did not expect any call of the operation.
pub(super) const NO_HANDLER: &str =
    "was called, but it has no handler (`on`) and is not expected (`expect`)";

/// Why a call is rejected.
pub(super) struct Rejection {
    pub(super) code: &'static str,
    /// Completes a sentence that begins with the name of the operation.
    pub(super) problem: String,
    /// Details, shown below the sentence.
    pub(super) details: String,
    /// Whether the message lists the operations that the server handles.
    pub(super) list_handlers: bool,
}

impl Rejection {
    pub(super) fn new(problem: impl Into<String>, details: String) -> Self {
        Self { code: UNEXPECTED_CALL, problem: problem.into(), details, list_handlers: false }
    }

    pub(super) fn unreadable_body(reason: &dyn fmt::Display) -> Self {
        let problem = format!("was called with a body that cannot be read: {reason}");
        Self { code: UNREADABLE_BODY, ..Self::new(problem, String::new()) }
    }

    /// The operation of the request is unknown to the server.
    pub(super) fn unknown_operation(request: &ReceivedRequest) -> Self {
        let details = request.member_names().map(|names| format!("its members: {names}"));
        let is_call = request.head.is_call();
        let problem = match is_call {
            true => NO_HANDLER,
            false => "was received, which is neither a call of an operation nor a download",
        };
        Self { list_handlers: is_call, ..Self::new(problem, details.unwrap_or_default()) }
    }
}

impl From<InvalidRequest> for Rejection {
    fn from(InvalidRequest { code, problem }: InvalidRequest) -> Self {
        Self { code, ..Self::new(format!("was called {problem}"), String::new()) }
    }
}

impl From<UnreadableRequest> for Rejection {
    fn from(unreadable: UnreadableRequest) -> Self {
        Self::unreadable_body(&unreadable)
    }
}
