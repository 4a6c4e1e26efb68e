//! Runs work on blocking threads and in concurrent tasks.

use std::future::Future;
use std::panic::resume_unwind;

use tokio::task::{JoinError, JoinSet, spawn_blocking};

use crate::Error;

/// Runs blocking I/O without blocking other tasks.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    joined(spawn_blocking(work).await)
}

/// Runs futures in at most `jobs` concurrent tasks and returns their results in the order of
/// completion. The first error cancels the other tasks and waits until they have ended, so that
/// none of them reports progress after the error. Dropping the returned future also cancels them.
pub(crate) async fn run_concurrently<T, F>(
    jobs: usize,
    work: impl IntoIterator<Item = F>,
) -> Result<Vec<T>, Error>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Error>> + Send + 'static,
{
    let mut work = work.into_iter();
    let mut running = JoinSet::new();
    let mut results = Vec::new();
    loop {
        while running.len() < jobs.max(1) {
            let Some(next) = work.next() else { break };
            running.spawn(next);
        }
        match running.join_next().await {
            Some(ended) => match joined(ended) {
                Ok(result) => results.push(result),
                Err(error) => {
                    running.shutdown().await;
                    return Err(error);
                }
            },
            None => return Ok(results),
        }
    }
}

/// Propagates a panic of a task, which comes from the [`Progress`](crate::Progress) of the caller.
fn joined<T>(ended: Result<Result<T, Error>, JoinError>) -> Result<T, Error> {
    match ended.map_err(JoinError::try_into_panic) {
        Ok(result) => result,
        Err(Ok(panic)) => resume_unwind(panic),
        Err(Err(_)) => Err(Error::RuntimeShutDown),
    }
}
