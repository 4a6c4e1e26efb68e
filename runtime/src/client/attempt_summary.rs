//! How many attempts a call made, and why it made no more.

use std::fmt::{self, Write};

use crate::tokio_runtime::requirements::MissingRuntime;

/// The attempts of a call.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct AttemptSummary {
    /// How many times the request was sent.
    pub(crate) attempts: u32,
    /// Why the request was not sent again, if another attempt might have helped.
    pub(crate) not_retried: Option<NotRetried>,
}

/// Why there is no further attempt, although it might help and the configuration allows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotRetried {
    /// The retry tokens are used up, because too many calls failed recently.
    Tokens,
    /// The operation timeout would expire before the end of the delay.
    Time,
    /// At the current rate limit, the operation timeout would expire before the retry.
    RateLimit,
    /// There is no runtime that can wait for the delay or the permit.
    NoTimers(MissingRuntime),
}

impl AttemptSummary {
    /// One attempt that was not followed by another.
    pub(crate) fn one_attempt() -> Self {
        Self { attempts: 1, not_retried: None }
    }

    /// Prints the number of attempts if there were several, and why there were no more.
    pub(crate) fn fmt(&self, f: &mut dyn Write) -> fmt::Result {
        if self.attempts > 1 {
            write!(f, ", {} attempts", self.attempts)?;
        }
        match self.not_retried {
            Some(reason) => write!(f, ", not retried because {reason}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for NotRetried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tokens => f.write_str("too many calls failed recently"),
            Self::Time => f.write_str("the operation timeout is near"),
            Self::RateLimit => {
                f.write_str("the rate limit would delay the retry beyond the operation timeout")
            }
            Self::NoTimers(missing) => write!(f, "{missing}"),
        }
    }
}
