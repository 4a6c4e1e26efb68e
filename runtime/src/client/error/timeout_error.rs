//! A limit of time that has passed, and how work is ended by it.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use tokio::runtime::Handle;

/// A limit of time that a configuration sets for calls, and that has passed. The limits for
/// connecting and reading are the transport's: those are a
/// [`TransportError`](crate::TransportError).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeoutError {
    what: Limited,
    limit: Duration,
}

/// What a limit is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limited {
    Attempt,
    Operation,
}

impl TimeoutError {
    pub(crate) fn new(what: Limited, limit: Duration) -> Self {
        Self { what, limit }
    }

    /// How long it might have taken.
    #[must_use]
    pub fn limit(&self) -> Duration {
        self.limit
    }

    pub(crate) fn what(&self) -> Limited {
        self.what
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.what {
            Limited::Attempt => "an attempt",
            Limited::Operation => "the call",
        };
        write!(f, "{what} took longer than {:?}", self.limit)
    }
}

impl std::error::Error for TimeoutError {}

/// Why work did not come to its end.
pub(crate) enum Ended {
    Late(TimeoutError),
    /// Nobody is there who could watch the time.
    NoRuntime,
}

/// Does `work` within a limit, if there is one.
pub(crate) async fn within<T>(
    what: Limited,
    limit: Option<Duration>,
    work: impl Future<Output = T>,
) -> Result<T, Ended> {
    let Some(limit) = limit else { return Ok(work.await) };
    if Handle::try_current().is_err() {
        return Err(Ended::NoRuntime);
    }
    let late = |_| Ended::Late(TimeoutError::new(what, limit));
    tokio::time::timeout(limit, work).await.map_err(late)
}
