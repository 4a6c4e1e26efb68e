//! The error of a call or an attempt that took too long.

use std::fmt;
use std::time::Duration;

/// An exceeded time limit of the configuration. The connect and read limits belong to the
/// transport, so exceeding them is a [`TransportError`](crate::TransportError).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeoutError {
    scope: TimeoutScope,
    limit: Duration,
}

/// What a time limit applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TimeoutScope {
    Attempt,
    Operation,
}

impl TimeoutError {
    pub(crate) fn new(scope: TimeoutScope, limit: Duration) -> Self {
        Self { scope, limit }
    }

    /// The limit that was exceeded.
    #[must_use]
    pub fn limit(&self) -> Duration {
        self.limit
    }

    pub(crate) fn scope(&self) -> TimeoutScope {
        self.scope
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.scope {
            TimeoutScope::Attempt => "an attempt",
            TimeoutScope::Operation => "the call",
        };
        write!(f, "{what} took longer than {:?}", self.limit)
    }
}

impl std::error::Error for TimeoutError {}
