//! The waits of a call: for the delay before a retry, and for the permit to send an attempt.

use std::time::Duration;

use tokio::time::Instant;

use crate::client::attempt_summary::NotRetried;
use crate::client::rate_limit::rate_limiter::{NoPermit, Permit, RateLimiter};
use crate::client::trace;
use crate::tokio_runtime::requirements::check_timers;

/// What a call waits for before its attempts.
#[derive(Clone, Copy)]
pub(crate) struct Waits<'a> {
    /// Grants permits, in the adaptive retry mode.
    pub(crate) limiter: Option<&'a RateLimiter>,
    /// The end of the operation timeout.
    pub(crate) deadline: Option<Instant>,
}

impl<'a> Waits<'a> {
    /// Waits for the permit to send the first attempt, if necessary until the operation timeout.
    pub(crate) async fn first_permit(&self) -> Result<Permit<'a>, NoPermit> {
        self.permit(1, None).await
    }

    /// Waits for the permit to send a retry. `attempt` is the number of the attempt. If the permit
    /// will not be available within the operation timeout, the call ends with the error of its last
    /// attempt.
    pub(crate) async fn retry_permit(&self, attempt: u32) -> Result<Permit<'a>, NotRetried> {
        self.permit(attempt, self.deadline).await.map_err(|no_permit| match no_permit {
            NoPermit::NoTimers(missing) => NotRetried::NoTimers(missing),
            NoPermit::TooLate => NotRetried::RateLimit,
        })
    }

    async fn permit(
        &self,
        attempt: u32,
        deadline: Option<Instant>,
    ) -> Result<Permit<'a>, NoPermit> {
        let Some(limiter) = self.limiter else { return Ok(Permit::default()) };
        limiter.acquire(deadline, |delay| trace::rate_limited(attempt, delay)).await
    }
}

/// Checks that the call can wait for the delay before a retry. A custom transport may work without a
/// tokio runtime, but a delay needs its timers.
pub(crate) fn check_wait(delay: Duration) -> Result<(), NotRetried> {
    if delay.is_zero() { Ok(()) } else { check_timers().map_err(NotRetried::NoTimers) }
}

/// Waits for the delay before a retry.
pub(crate) async fn wait(delay: Duration) {
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
}
