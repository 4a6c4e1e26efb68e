//! How calls and attempts end.

use crate::interceptor::error_kind::ErrorKind;

/// How a call or an attempt ended.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Outcome<'a> {
    /// It succeeded.
    Success,
    /// It failed.
    Failure(Failure<'a>),
    /// It did not finish: the future of the call was dropped or, for an attempt, the operation
    /// timeout was exceeded.
    Canceled,
}

impl<'a> Outcome<'a> {
    /// Returns the failure, if there is one.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure<'a>> {
        match self {
            Self::Failure(failure) => Some(failure),
            _ => None,
        }
    }
}

/// A failure of a call or an attempt, without text that may hold secrets.
#[derive(Debug, Clone, Copy)]
pub struct Failure<'a> {
    pub(crate) kind: ErrorKind,
    pub(crate) code: Option<&'a str>,
    pub(crate) is_retryable: bool,
    pub(crate) is_throttling: bool,
    pub(crate) is_timeout: bool,
}

impl<'a> Failure<'a> {
    /// The stage at which the error happened.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The error code that the service returned, if it returned one.
    #[must_use]
    pub fn code(&self) -> Option<&'a str> {
        self.code
    }

    /// Returns true if another attempt may succeed.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.is_retryable
    }

    /// Returns true if the service rejected the request because there were too many requests.
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        self.is_throttling
    }

    /// Returns true if a time limit was exceeded.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.is_timeout
    }
}
