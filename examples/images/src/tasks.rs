//! Work beside the caller's task: on threads that may wait for disks, and in several tasks at once.

use std::future::Future;
use std::panic::resume_unwind;

use tokio::task::{JoinError, JoinSet, spawn_blocking};

use crate::Error;

/// Does what waits for a disk without holding up the other tasks.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    joined(spawn_blocking(work).await)
}

/// Runs futures as tasks, at most so many at once, and gives what they yield as they end. The first
/// error stops the others, and so does dropping the future.
pub(crate) async fn at_most<T, F>(
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
            Some(ended) => results.push(joined(ended)?),
            None => return Ok(results),
        }
    }
}

/// A panic goes on where the result was wanted: it is the caller's own, of its `Progress`.
fn joined<T>(ended: Result<Result<T, Error>, JoinError>) -> Result<T, Error> {
    match ended.map_err(JoinError::try_into_panic) {
        Ok(result) => result,
        Err(Ok(panic)) => resume_unwind(panic),
        Err(Err(_)) => Err(Error::Stopped),
    }
}
