//! Runs work with a time limit.

use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;

use crate::client::error::timeout_error::{TimeoutError, TimeoutScope};
use crate::tokio_runtime::requirements::{MissingRuntime, check_timers};

/// Why work did not finish.
pub(crate) enum Unfinished {
    TimedOut(TimeoutError),
    /// There is no tokio runtime that can measure the time.
    NoTimers(MissingRuntime),
}

/// How much time is left until `deadline`, if there is one.
pub(crate) fn time_left(deadline: Option<Instant>) -> Option<Duration> {
    deadline.map(|deadline| deadline.duration_since(Instant::now()))
}

/// Runs `work` within `limit`, if there is one.
pub(crate) async fn within<T>(
    scope: TimeoutScope,
    limit: Option<Duration>,
    work: impl Future<Output = T>,
) -> Result<T, Unfinished> {
    let Some(limit) = limit else { return Ok(work.await) };
    check_timers().map_err(Unfinished::NoTimers)?;
    let timed_out = |_| Unfinished::TimedOut(TimeoutError::new(scope, limit));
    tokio::time::timeout(limit, work).await.map_err(timed_out)
}
