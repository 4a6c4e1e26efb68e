//! The error of an unsuccessful wait.

use std::fmt::{self, Write};
use std::time::Duration;

use crate::Error;
use crate::display::one_line::OneLine;

/// The error of a waiter that did not succeed. `E` is the error enum of the operation.
///
/// `Display` prints one line with the operation, the waiter and the reason, including the error of
/// the call that ended the wait. Like [`Error`], it has no [`source`](std::error::Error::source);
/// use [`call`](Self::call) to get the error of the call.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError<E> {
    /// The result of a call means that the waiter failed, according to one of its acceptors.
    #[non_exhaustive]
    Failed {
        /// The name of the waiter, for example `ImageScanComplete`.
        waiter: &'static str,
        /// The name of the operation, for example `DescribeImageScanFindings`.
        operation: &'static str,
        /// The number of calls.
        attempts: u32,
        /// The condition of the acceptor. It contains values from the model only, not from the
        /// response.
        reason: String,
        /// The error of the last call, if the call returned one.
        error: Option<Error<E>>,
    },
    /// The time limit was exceeded.
    #[non_exhaustive]
    TimedOut {
        /// The name of the waiter.
        waiter: &'static str,
        /// The name of the operation.
        operation: &'static str,
        /// The number of calls.
        attempts: u32,
        /// The time limit.
        limit: Duration,
    },
    /// A call failed with an error that no acceptor matches.
    #[non_exhaustive]
    Call {
        /// The name of the waiter.
        waiter: &'static str,
        /// The error of the call.
        error: Error<E>,
    },
}

impl<E> WaitError<E> {
    /// Returns the error of the last call, if it ended the wait.
    #[must_use]
    pub fn call(&self) -> Option<&Error<E>> {
        match self {
            Self::Failed { error, .. } => error.as_ref(),
            Self::Call { error, .. } => Some(error),
            Self::TimedOut { .. } => None,
        }
    }

    /// Returns true if the time limit was exceeded.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::TimedOut { .. })
    }
}

impl<E: fmt::Display> fmt::Display for WaitError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = OneLine(f);
        match self {
            Self::Failed { waiter, operation, attempts, reason, error } => {
                write!(line, "{operation}, waiting for {waiter}: failed ")?;
                write!(line, "because {reason} ({})", Attempts(*attempts))?;
                error.as_ref().map_or(Ok(()), |error| write!(line, ": {error}"))
            }
            Self::TimedOut { waiter, operation, attempts, limit } => {
                write!(line, "{operation}, waiting for {waiter}: ")?;
                write!(line, "timed out after {limit:?} ({})", Attempts(*attempts))
            }
            Self::Call { waiter, error } => {
                write!(line, "{}, waiting for {waiter}: {error}", error.operation())
            }
        }
    }
}

struct Attempts(u32);

impl fmt::Display for Attempts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, if self.0 == 1 { "attempt" } else { "attempts" })
    }
}

/// There is no source, because the text contains the error of the call.
impl<E: std::error::Error> std::error::Error for WaitError<E> {}
