//! Waiting until a call answers what is hoped for: a waiter of a model, carried out.
//!
//! [`Waiter`] and what it consists of are the words in which generated code says what a model's
//! waiter looks at. People use [`Client::wait`], or the method of a generated client that is called
//! after the waiter.

mod acceptor;
mod delay;
mod error;
mod function;
mod path;

use std::time::Duration;

use serde_core::Serialize;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout_at};

use crate::{Client, Error, Operation};

pub use acceptor::{Acceptor, Matcher, State, Test};
pub use error::WaitError;
pub use path::{Comparison, Function, Path};

use acceptor::Verdict;
use delay::delay;

/// What a model waits for: which answers are the end, good or bad, and how long to wait between
/// calls.
#[derive(Debug, Clone, Copy)]
pub struct Waiter {
    name: &'static str,
    acceptors: &'static [Acceptor],
    least: Duration,
    most: Duration,
}

impl Waiter {
    /// A waiter of this name. The first of `acceptors` that an answer matches decides. Between two
    /// calls are 2 to 120 seconds.
    #[must_use]
    pub const fn new(name: &'static str, acceptors: &'static [Acceptor]) -> Self {
        Self { name, acceptors, least: Duration::from_secs(2), most: Duration::from_secs(120) }
    }

    /// With at least and at most so many seconds between two calls.
    #[must_use]
    pub const fn seconds(mut self, least: u32, most: u32) -> Self {
        self.least = Duration::from_secs(least as u64);
        self.most = Duration::from_secs(most as u64);
        self
    }

    /// The waiter's name in the model, `ImageScanComplete`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// What was waited for.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Waited<T> {
    /// The answer that had it; `None` where an error of the service was what the waiter wanted, as
    /// when something is to be gone.
    pub output: Option<T>,
    /// How many calls it took.
    pub attempts: u32,
}

impl Client {
    /// Calls the operation until `waiter` has what it waits for.
    ///
    /// The first call is made at once. The delay before another one is chosen at random between the
    /// least of the waiter and a bound that doubles from call to call up to its most. The last delay
    /// is cut so that there is time for a last call before `limit` has passed. A call that is under
    /// way when it passes is given up.
    ///
    /// An answer that the waiter says nothing about leads to another call; an error that it says
    /// nothing about ends the wait. What the waiter says of errors holds for those that the service
    /// answers: one of another kind, such as missing credentials, says nothing about what is
    /// waited for and ends the wait too. A call has its own retries.
    ///
    /// # Errors
    /// A [`WaitError`]: the waiter counts the answer as a failure, the time is over, or a call
    /// failed.
    ///
    /// # Panics
    /// The wait needs a tokio runtime around it, with a driver for time, as `#[tokio::main]` makes it:
    /// tokio itself panics where there is none.
    pub async fn wait<O: Operation<Output: Serialize>>(
        &self,
        request: &O,
        waiter: &Waiter,
        limit: Duration,
    ) -> Result<Waited<O::Output>, WaitError<O::Error>> {
        let end = Instant::now().checked_add(limit);
        let mut attempts = 0;
        loop {
            attempts += 1;
            let timed_out =
                || WaitError::TimedOut { waiter: waiter.name, operation: O::NAME, attempts, limit };
            let result = before(end, self.call(request)).await.ok_or_else(timed_out)?;
            if let Some(end) = judge(waiter, request, result, attempts) {
                return end;
            }
            let left = end.map(|end| end.saturating_duration_since(Instant::now()));
            let bounds = (waiter.least, waiter.most);
            sleep(delay(bounds, attempts, left).ok_or_else(timed_out)?).await;
        }
    }
}

/// What `future` comes to, where it does before `end`.
async fn before<F: Future>(end: Option<Instant>, future: F) -> Option<F::Output> {
    match end {
        Some(end) => timeout_at(end, future).await.ok(),
        None => Some(future.await),
    }
}

/// How the wait ends with `result`; `None` where it goes on.
#[expect(clippy::type_complexity, reason = "the end of a wait, or none")]
fn judge<O: Operation<Output: Serialize>>(
    waiter: &Waiter,
    request: &O,
    result: Result<O::Output, Error<O::Error>>,
    attempts: u32,
) -> Option<Result<Waited<O::Output>, WaitError<O::Error>>> {
    let (name, operation) = (waiter.name, O::NAME);
    let verdict = match &result {
        Ok(output) => acceptor::judge(waiter.acceptors, &seen(request, output)),
        Err(error) => acceptor::judge_error(waiter.acceptors, error),
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

/// What paths are looked up in. A structure that came over the wire can be written as JSON again; what
/// could not has nothing in it that an acceptor would find.
fn seen(request: &impl Serialize, output: &impl Serialize) -> Value {
    let value = |written: serde_json::Result<Value>| written.unwrap_or(Value::Null);
    let input = value(serde_json::to_value(request));
    json!({"input": input, "output": value(serde_json::to_value(output))})
}
