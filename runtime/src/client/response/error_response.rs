//! The metadata of an error response: status, request ID, code, message and class.

use std::fmt;

use crate::OperationError;
use crate::client::response::known_errors::KnownErrors;
use crate::interceptor::error_kind::ErrorKind;
use crate::interceptor::outcome::Failure;
use crate::protocol::error_class::ErrorClass;

/// The metadata that every error response has, independent of its exception.
#[derive(Clone, PartialEq)]
pub(crate) struct ErrorResponse {
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    pub(crate) code: Option<String>,
    /// The code of the exception, if `code` is its code in the query protocol.
    pub(crate) json_code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) class: ErrorClass,
    /// True if the exception prints the message itself.
    pub(crate) message_in_exception: bool,
}

impl ErrorResponse {
    /// All codes of the error, that of the exception first.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &str> {
        self.json_code.as_deref().into_iter().chain(self.code.as_deref())
    }

    /// Returns the failure in the form that interceptors receive.
    pub(crate) fn failure(&self) -> Failure<'_> {
        Failure {
            kind: ErrorKind::Service,
            code: self.code.as_deref(),
            is_retryable: self.class != ErrorClass::Permanent,
            is_throttling: self.class == ErrorClass::Throttling,
            is_timeout: false,
        }
    }

    /// Removes the message if the model marks it as sensitive.
    pub(crate) fn without_secrets<E: OperationError>(mut self, error: &E) -> Self {
        if error.code().is_some_and(|code| E::SECRET.contains(&code)) {
            self.message = None;
        }
        self
    }

    /// Adds the code of the error in the query protocol.
    pub(crate) fn with_query_code(self, query_code: String, known: KnownErrors) -> Self {
        let class = self.class.max(known.class(Some(&query_code), self.status));
        Self { json_code: self.code, code: Some(query_code), class, ..self }
    }

    /// The message, if the exception does not print it.
    pub(crate) fn unprinted_message(&self) -> Option<&str> {
        self.message.as_deref().filter(|_| !self.message_in_exception)
    }
}

/// Omits the message. The exception also contains it, and prints it only if it is not sensitive.
impl fmt::Debug for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorResponse")
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}
