//! Waits until a client may send another request.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::client::rate_limit::send_queue::{SendQueue, Wait};
use crate::client::rate_limit::send_rate::Feedback;
use crate::client::timeout::time_left;
use crate::clock::TimerClock;
use crate::tokio_runtime::requirements::{MissingRuntime, check_timers};

/// The rate limiter of a client and its clones. It has no effect before the first throttling error.
pub(crate) struct RateLimiter(Mutex<State>);

struct State {
    clock: TimerClock,
    queue: SendQueue,
}

/// Why a call gets no permit.
#[derive(Debug)]
pub(crate) enum NoPermit {
    /// There is no runtime that can wait.
    NoTimers(MissingRuntime),
    /// At the current rate, the permit would be available after the deadline.
    TooLate,
}

impl RateLimiter {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(State { clock: TimerClock::start(), queue: SendQueue::default() }))
    }

    /// Waits for the permit to send one request. Calls get permits in the order in which they began
    /// to wait. If the call has to wait, `on_wait` is called first, with the expected delay. The
    /// call stops waiting when the expected delay ends after the deadline.
    ///
    /// If the future is dropped, the call leaves the queue and takes no permit.
    pub(crate) async fn acquire(
        &self,
        deadline: Option<Instant>,
        on_wait: impl FnOnce(Duration),
    ) -> Result<Permit<'_>, NoPermit> {
        let enter = |queue: &mut SendQueue, now| (queue.is_limited(), queue.enter(now));
        let Wait { ticket, wake, mut delay } = match self.update(enter) {
            (false, _) => return Ok(Permit::default()),
            (true, None) => return Ok(Permit { limiter: Some(self), ticket: None }),
            (true, Some(wait)) => wait,
        };
        let permit = Permit { limiter: Some(self), ticket: Some(ticket) };
        check_timers().map_err(NoPermit::NoTimers)?;
        check_deadline(deadline, delay)?;
        on_wait(delay);
        loop {
            // After a timeout and after a notification, the delay has to be computed again.
            let _ = tokio::time::timeout(delay, wake.notified()).await;
            match self.update(|queue, now| queue.time_left(ticket, now)) {
                Some(left) => delay = left,
                None => return Ok(permit),
            }
            check_deadline(deadline, delay)?;
        }
    }

    /// Updates the send rate after an attempt. Returns the new rate, in requests per second, if the
    /// attempt was throttled.
    pub(crate) fn attempt_ended(&self, feedback: Feedback) -> Option<f64> {
        self.update(|queue, now| queue.attempt_ended(feedback, now))
    }

    fn update<T>(&self, update: impl FnOnce(&mut SendQueue, f64) -> T) -> T {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = state.clock.elapsed().as_secs_f64();
        let result = update(&mut state.queue, now);
        let woken = state.queue.take_woken();
        drop(state);
        woken.iter().for_each(|wake| wake.notify_one());
        result
    }
}

fn check_deadline(deadline: Option<Instant>, delay: Duration) -> Result<(), NoPermit> {
    if time_left(deadline).is_some_and(|left| delay > left) {
        Err(NoPermit::TooLate)
    } else {
        Ok(())
    }
}

impl fmt::Display for NoPermit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTimers(missing) => missing.fmt(f),
            Self::TooLate => f.write_str("the operation timeout would expire first"),
        }
    }
}

/// The permit to send one request, or the place in the queue. Dropping it gives back either.
#[derive(Default)]
pub(crate) struct Permit<'a> {
    /// `None` if requests need no permits.
    limiter: Option<&'a RateLimiter>,
    /// `None` if the permit was available at once.
    ticket: Option<u64>,
}

impl Permit<'_> {
    /// Returns true if the call waited for the permit.
    pub(crate) fn waited(&self) -> bool {
        self.ticket.is_some()
    }

    /// Uses the permit up.
    pub(crate) fn consume(mut self) {
        self.limiter = None;
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let Some(limiter) = self.limiter else { return };
        limiter.update(|queue, now| match self.ticket {
            Some(ticket) => queue.leave(ticket, now),
            None => queue.put_back(now),
        });
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::task::{Context, Wake, Waker};

    use super::*;

    /// Counts how often it is woken without and with the lock of the rate limiter held.
    struct LockProbe {
        limiter: Arc<RateLimiter>,
        woken: [AtomicU32; 2],
    }

    impl Wake for LockProbe {
        fn wake(self: Arc<Self>) {
            let locked = self.limiter.0.try_lock().is_err();
            self.woken[usize::from(locked)].fetch_add(1, Ordering::Relaxed);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn wakers_run_without_the_lock() {
        let limiter = Arc::new(RateLimiter::new());
        limiter.attempt_ended(Feedback::Throttling);
        let probe = LockProbe { limiter: Arc::clone(&limiter), woken: Default::default() };
        let probe = Arc::new(probe);
        let waker = Waker::from(Arc::clone(&probe));
        let mut call = pin!(limiter.acquire(None, |_| ()));
        assert!(call.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        limiter.attempt_ended(Feedback::Success);
        assert_eq!(probe.woken.each_ref().map(|count| count.load(Ordering::Relaxed)), [1, 0]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_permit_that_is_not_consumed_is_given_back() {
        let limiter = RateLimiter::new();
        limiter.attempt_ended(Feedback::Throttling);
        let begin = Instant::now();
        for (waited, consumed) in [(true, false), (false, false), (false, true)] {
            let permit = limiter.acquire(None, |_| ()).await.expect("a permit");
            assert_eq!(permit.waited(), waited);
            if consumed {
                permit.consume();
            }
        }
        assert!(begin.elapsed() < Duration::from_secs(3));
        let permit = limiter.acquire(None, |_| ()).await.expect("a permit");
        assert!(permit.waited() && begin.elapsed() >= Duration::from_secs(4));
    }

    #[tokio::test]
    async fn without_a_limit_there_is_no_permit_to_give_back() {
        let limiter = RateLimiter::new();
        let permit = limiter.acquire(None, |_| ()).await.expect("a permit");
        limiter.attempt_ended(Feedback::Throttling);
        drop(permit);
        assert!(limiter.update(SendQueue::enter).is_some());
    }
}
