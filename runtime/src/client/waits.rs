//! The waits of a call: for the delay before a retry, and for the permit to send an attempt.

use std::time::Duration;

use tokio::time::Instant;

use crate::client::attempt_summary::NotRetried;
use crate::client::rate_limit::rate_limiter::RateLimiter;
use crate::client::trace;
use crate::tokio_runtime::requirements::{MissingRuntime, check_timers};

/// What a call waits for before its attempts.
#[derive(Clone, Copy)]
pub(crate) struct Waits<'a> {
    /// Grants permits, in the adaptive retry mode.
    pub(crate) limiter: Option<&'a RateLimiter>,
    /// The end of the operation timeout.
    pub(crate) deadline: Option<Instant>,
}

impl Waits<'_> {
    /// How much time is left until the end of the operation timeout.
    pub(crate) fn time_left(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.duration_since(Instant::now()))
    }

    /// Waits for the delay before a retry, and then for the permit to send it. `attempt` is the
    /// number of the next attempt. `log` is called before the delay.
    pub(crate) async fn before_retry(
        &self,
        attempt: u32,
        delay: Duration,
        log: impl FnOnce(),
    ) -> Result<(), NotRetried> {
        can_wait(delay).map_err(NotRetried::NoTimers)?;
        log();
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        let permit = self.permit(attempt);
        let permit = match self.deadline {
            // At the deadline, the call still ends with the error of its last attempt.
            Some(deadline) => tokio::time::timeout_at(deadline, permit).await,
            None => Ok(permit.await),
        };
        permit.map_err(|_| NotRetried::Time)?.map_err(NotRetried::NoTimers)
    }

    /// Waits for the permit to send an attempt.
    pub(crate) async fn permit(&self, attempt: u32) -> Result<(), MissingRuntime> {
        match self.limiter {
            Some(limiter) => limiter.acquire(|delay| trace::rate_limited(attempt, delay)).await,
            None => Ok(()),
        }
    }
}

/// Checks that the call can wait. A custom transport may work without a tokio runtime, but a delay
/// needs its timers.
fn can_wait(delay: Duration) -> Result<(), MissingRuntime> {
    if delay.is_zero() { Ok(()) } else { check_timers() }
}
