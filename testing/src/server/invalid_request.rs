//! The reason a service rejects a request regardless of its operation.

use super::error_code::UNEXPECTED_CALL;

/// The reason a service rejects a request regardless of its operation.
pub(super) struct InvalidRequest {
    pub(super) code: &'static str,
    /// Completes the sentence "PutImage was called ...".
    pub(super) problem: String,
}

impl InvalidRequest {
    pub(super) fn new(problem: impl Into<String>) -> Self {
        Self { code: UNEXPECTED_CALL, problem: problem.into() }
    }

    pub(super) fn without_signature() -> Self {
        let code = "MissingAuthenticationTokenException";
        Self { code, ..Self::new("without a signature") }
    }
}
