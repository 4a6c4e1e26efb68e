//! Waits until a client may send another request.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::client::rate_limit::send_queue::{SendQueue, Wait};
use crate::client::rate_limit::send_rate::Feedback;
use crate::clock::TimerClock;
use crate::tokio_runtime::requirements::{MissingRuntime, check_timers};

/// The rate limiter of a client and its clones. It has no effect before the first throttling error.
pub(crate) struct RateLimiter {
    clock: TimerClock,
    queue: Mutex<SendQueue>,
}

impl RateLimiter {
    pub(crate) fn new() -> Self {
        Self { clock: TimerClock::start(), queue: Mutex::default() }
    }

    /// Waits for the permit to send one request. Calls get permits in the order in which they began
    /// to wait. If the call has to wait, `on_wait` is called first, with the expected delay.
    ///
    /// If the future is dropped, the call leaves the queue and takes no permit.
    pub(crate) async fn acquire(
        &self,
        on_wait: impl FnOnce(Duration),
    ) -> Result<(), MissingRuntime> {
        let Some(Wait { ticket, wake, mut delay }) = self.update(SendQueue::enter) else {
            return Ok(());
        };
        let mut place = Place { limiter: self, ticket: Some(ticket) };
        check_timers()?;
        on_wait(delay);
        loop {
            // After a timeout and after a notification, the delay has to be computed again.
            let _ = tokio::time::timeout(delay, wake.notified()).await;
            match self.update(|queue, now| queue.time_left(ticket, now)) {
                Some(left) => delay = left,
                None => break,
            }
        }
        place.ticket = None;
        Ok(())
    }

    /// Updates the send rate after an attempt. Returns the new rate, in requests per second, if the
    /// attempt was throttled.
    pub(crate) fn attempt_ended(&self, feedback: Feedback) -> Option<f64> {
        self.update(|queue, now| queue.attempt_ended(feedback, now))
    }

    fn update<T>(&self, update: impl FnOnce(&mut SendQueue, f64) -> T) -> T {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.elapsed().as_secs_f64();
        update(&mut queue, now)
    }
}

/// The place of a call in the queue. Dropping it removes the call or returns its permit.
struct Place<'a> {
    limiter: &'a RateLimiter,
    ticket: Option<u64>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket.take() {
            self.limiter.update(|queue, now| queue.leave(ticket, now));
        }
    }
}
