//! How a wait can end other than well.

use std::fmt::{self, Write};
use std::time::Duration;

use crate::Error;
use crate::display::one_line::OneLine;

/// A wait that did not come to what was waited for. `E` is the error enum of the operation.
///
/// `Display` is one line with the operation, the waiter and what happened; like that of [`Error`] it
/// is the whole story.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError<E> {
    /// The answer is one that the waiter counts as a failure: what is waited for will not come.
    #[non_exhaustive]
    Failed {
        /// The waiter's name, `ImageScanComplete`.
        waiter: &'static str,
        /// The operation's name, `DescribeImageScanFindings`.
        operation: &'static str,
        /// How many calls there were.
        attempts: u32,
        /// Which of the model's conditions it was, and no value beside those of the model.
        reason: String,
        /// The error of the last call, where the last answer was an error.
        error: Option<Error<E>>,
    },
    /// The limit of time passed.
    #[non_exhaustive]
    TimedOut {
        /// The waiter's name.
        waiter: &'static str,
        /// The operation's name.
        operation: &'static str,
        /// How many calls there were.
        attempts: u32,
        /// The limit.
        limit: Duration,
    },
    /// A call failed in a way that the waiter says nothing about.
    #[non_exhaustive]
    Call {
        /// The waiter's name.
        waiter: &'static str,
        /// The error.
        error: Error<E>,
    },
}

impl<E> WaitError<E> {
    /// The error of the last call, where it is why the wait ended.
    #[must_use]
    pub fn call(&self) -> Option<&Error<E>> {
        match self {
            Self::Failed { error, .. } => error.as_ref(),
            Self::Call { error, .. } => Some(error),
            Self::TimedOut { .. } => None,
        }
    }

    /// Whether the limit of time passed.
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
                write!(line, "{operation}, waiting for {waiter}: it will not come, ")?;
                write!(line, "because {reason} ({})", Attempts(*attempts))?;
                error.as_ref().map_or(Ok(()), |error| write!(line, ": {error}"))
            }
            Self::TimedOut { waiter, operation, attempts, limit } => {
                write!(line, "{operation}, waiting for {waiter}: ")?;
                write!(line, "it did not come within {limit:?} ({})", Attempts(*attempts))
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

/// The source is the error of the last call.
impl<E: std::error::Error + 'static> std::error::Error for WaitError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.call().map(|error| error as _)
    }
}
