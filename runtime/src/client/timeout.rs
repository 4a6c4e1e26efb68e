//! Runs work with a time limit.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::Handle;

use crate::client::error::timeout_error::{TimeoutError, TimeoutScope};

/// Why work did not finish.
pub(crate) enum Unfinished {
    TimedOut(TimeoutError),
    /// There is no tokio runtime to measure the time.
    NoRuntime,
}

/// Runs `work` within `limit`, if there is one.
pub(crate) async fn within<T>(
    scope: TimeoutScope,
    limit: Option<Duration>,
    work: impl Future<Output = T>,
) -> Result<T, Unfinished> {
    let Some(limit) = limit else { return Ok(work.await) };
    if Handle::try_current().is_err() {
        return Err(Unfinished::NoRuntime);
    }
    let timed_out = |_| Unfinished::TimedOut(TimeoutError::new(scope, limit));
    tokio::time::timeout(limit, work).await.map_err(timed_out)
}
