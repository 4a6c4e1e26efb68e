//! Waiters: calling an operation until its result meets a condition of the model.
//!
//! Generated code uses [`Waiter`] and its parts to describe the waiters of a model. To wait, call
//! [`Client::wait`], or the method of a generated client that is named after the waiter.

mod acceptor;
mod comparison;
mod delay;
mod error;
mod function;
mod path;

use std::time::Duration;

use serde_core::Serialize;
use tokio::time::{Instant, sleep, timeout_at};

use crate::tokio_runtime::requirements::check_timers;
use crate::{Client, Document, Error, Operation, TransportError, TransportErrorKind};

pub use acceptor::{Acceptor, Matcher, State, Test};
pub use comparison::Comparison;
pub use error::WaitError;
pub use function::Function;
pub use path::Path;

use acceptor::Verdict;
use delay::delay;

/// A waiter of a model: the results that end the wait, with success or failure, and the delays
/// between calls.
#[derive(Debug, Clone, Copy)]
pub struct Waiter {
    name: &'static str,
    acceptors: &'static [Acceptor],
    min_delay: Duration,
    max_delay: Duration,
}

impl Waiter {
    /// Creates a waiter. The first of `acceptors` that matches the result of a call decides. Delays
    /// between calls are 2 to 120 seconds.
    #[must_use]
    pub const fn new(name: &'static str, acceptors: &'static [Acceptor]) -> Self {
        Self {
            name,
            acceptors,
            min_delay: Duration::from_secs(2),
            max_delay: Duration::from_secs(120),
        }
    }

    /// Sets the minimum and maximum delay between calls, in seconds.
    #[must_use]
    pub const fn seconds(mut self, min: u32, max: u32) -> Self {
        self.min_delay = Duration::from_secs(min as u64);
        self.max_delay = Duration::from_secs(max as u64);
        self
    }

    /// Returns the name of the waiter in the model, for example `ImageScanComplete`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// The result of a successful wait.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Waited<T> {
    /// The response that met the condition; `None` if the condition was an error of the service,
    /// for example that a resource no longer exists.
    pub output: Option<T>,
    /// The number of calls.
    pub attempts: u32,
}

impl Client {
    /// Calls the operation until `waiter` succeeds.
    ///
    /// The first call is made immediately. The delay before each further call is random, between
    /// the minimum delay of the waiter and a bound that doubles with each call up to its maximum
    /// delay. The last call is made when `limit` is reached, after a delay that is shortened if
    /// necessary. A call in progress at that time is canceled. However, each call has at least the
    /// minimum delay of the waiter to complete, so a wait may take that much longer than `limit`.
    ///
    /// If no acceptor matches a successful response, the operation is called again; if none matches
    /// an error, the wait ends. Acceptors apply only to errors that the service returned, so other
    /// errors, such as missing credentials, always end the wait. Each call is retried as
    /// configured.
    ///
    /// # Errors
    /// Returns a [`WaitError`] if the waiter fails, `limit` is exceeded, or a call fails. If there
    /// is no tokio runtime with timers, such as `#[tokio::main]` creates, it returns one without
    /// making a call.
    pub async fn wait<O: Operation<Output: Serialize>>(
        &self,
        request: &O,
        waiter: &Waiter,
        limit: Duration,
    ) -> Result<Waited<O::Output>, WaitError<O::Error>> {
        check_timers().map_err(|missing| {
            let error = TransportError::new(TransportErrorKind::Unusable, missing);
            WaitError::Call { waiter: waiter.name, error: Error::not_sent(O::NAME, error) }
        })?;
        let deadline = Instant::now().checked_add(limit);
        let mut attempts = 0;
        loop {
            attempts += 1;
            let timed_out =
                || WaitError::TimedOut { waiter: waiter.name, operation: O::NAME, attempts, limit };
            let call_deadline = call_deadline(deadline, waiter.min_delay);
            let result = before(call_deadline, self.call(request)).await.ok_or_else(timed_out)?;
            if let Some(end) = evaluate(waiter, request, result, attempts) {
                return end;
            }
            let remaining =
                deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            let bounds = (waiter.min_delay, waiter.max_delay);
            sleep(delay(bounds, attempts, remaining).ok_or_else(timed_out)?).await;
        }
    }
}

/// Returns the time at which to cancel a call that starts now. The last call starts at the limit,
/// so it gets additional time.
fn call_deadline(deadline: Option<Instant>, min_time: Duration) -> Option<Instant> {
    let last_call = Instant::now().checked_add(min_time);
    deadline.map(|deadline| last_call.map_or(deadline, |end| deadline.max(end)))
}

/// Returns the output of `future` if it completes before `deadline`.
async fn before<F: Future>(deadline: Option<Instant>, future: F) -> Option<F::Output> {
    match deadline {
        Some(deadline) => timeout_at(deadline, future).await.ok(),
        None => Some(future.await),
    }
}

/// Returns how the wait ends with `result`, or `None` if it continues.
#[expect(clippy::type_complexity, reason = "the result of the wait, if it ended")]
fn evaluate<O: Operation<Output: Serialize>>(
    waiter: &Waiter,
    request: &O,
    result: Result<O::Output, Error<O::Error>>,
    attempts: u32,
) -> Option<Result<Waited<O::Output>, WaitError<O::Error>>> {
    let (name, operation) = (waiter.name, O::NAME);
    let verdict = match &result {
        Ok(output) => acceptor::evaluate(waiter.acceptors, &path_context(request, output)),
        Err(error) => acceptor::evaluate_error(waiter.acceptors, error),
    };
    match (verdict, result) {
        (Verdict::Success, result) => Some(Ok(Waited { output: result.ok(), attempts })),
        (Verdict::Failure(reason), result) => {
            let (waiter, error) = (name, result.err());
            Some(Err(WaitError::Failed { waiter, operation, attempts, reason, error }))
        }
        (Verdict::Unmatched, Err(error)) => Some(Err(WaitError::Call { waiter: name, error })),
        (Verdict::Retry, _) | (Verdict::Unmatched, Ok(_)) => None,
    }
}

/// Returns the value on which paths are evaluated. A structure that was received can be serialized
/// as JSON again; a structure that cannot be serialized contains nothing that an acceptor could
/// match.
fn path_context(request: &impl Serialize, output: &impl Serialize) -> Document {
    let input = Document::from_value(request).unwrap_or_default();
    let output = Document::from_value(output).unwrap_or_default();
    Document::from_iter([("input", input), ("output", output)])
}
