//! The calls that wait for a permit, in the order in which they began to wait.
//!
//! No call depends on another one being polled: each has a timer of its own, and the call whose
//! timer fires grants all permits that are available. A call on a runtime that is no longer polled
//! may therefore keep one permit, but does not block the others.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use crate::client::rate_limit::send_rate::{Feedback, SendRate};

/// The send rate of a client and the calls that wait because of it.
#[derive(Debug, Default)]
pub(super) struct SendQueue {
    rate: SendRate,
    /// Ordered by ticket.
    waiting: VecDeque<Waiter>,
    last_ticket: u64,
    /// The calls to notify after the lock of the queue is released.
    woken: Vec<Arc<Notify>>,
}

#[derive(Debug)]
struct Waiter {
    ticket: u64,
    wake: Arc<Notify>,
}

/// A call that has to wait.
#[derive(Debug)]
pub(super) struct Wait {
    /// Identifies the call in the queue. The ticket is no longer in the queue once the call has a
    /// permit.
    pub(super) ticket: u64,
    /// Notified when the call should check again how long it has to wait.
    pub(super) wake: Arc<Notify>,
    pub(super) delay: Duration,
}

impl SendQueue {
    /// Returns true if calls need permits.
    pub(super) fn is_limited(&self) -> bool {
        self.rate.is_limited()
    }

    /// The calls to notify. Wakers are foreign code that may poll a call at once, so the caller
    /// notifies them without holding the lock of the queue.
    pub(super) fn take_woken(&mut self) -> Vec<Arc<Notify>> {
        std::mem::take(&mut self.woken)
    }

    /// Takes a permit and returns `None`, or adds a call to the queue.
    pub(super) fn enter(&mut self, now: f64) -> Option<Wait> {
        if !self.is_limited() {
            return None;
        }
        self.grant(now);
        if self.waiting.is_empty() && self.rate.permits.try_take(now) {
            return None;
        }
        self.last_ticket += 1;
        let (ticket, wake) = (self.last_ticket, Arc::<Notify>::default());
        self.waiting.push_back(Waiter { ticket, wake: Arc::clone(&wake) });
        Some(Wait { ticket, wake, delay: self.delay(self.waiting.len(), now) })
    }

    /// How long a call still has to wait; `None` if it has a permit.
    pub(super) fn time_left(&mut self, ticket: u64, now: f64) -> Option<Duration> {
        self.grant(now);
        let ahead = self.position(ticket)?;
        Some(self.delay(ahead + 1, now))
    }

    /// Removes a call that no longer waits, or puts back its permit if it already has one.
    pub(super) fn leave(&mut self, ticket: u64, now: f64) {
        match self.position(ticket) {
            Some(position) => {
                self.waiting.remove(position);
                if position == 0 {
                    self.wake_first();
                }
            }
            None => self.put_back(now),
        }
    }

    /// Returns a permit that was not used.
    pub(super) fn put_back(&mut self, now: f64) {
        self.rate.permits.put_back(now);
        self.grant(now);
    }

    /// Updates the send rate after an attempt. Returns the new rate, in requests per second, if the
    /// attempt was throttled.
    pub(super) fn attempt_ended(&mut self, feedback: Feedback, now: f64) -> Option<f64> {
        self.rate.attempt_ended(feedback, now);
        self.grant(now);
        // The rate may be higher now.
        self.wake_first();
        (feedback == Feedback::Throttling).then(|| self.rate.permits.rate())
    }

    /// Grants the available permits to the calls that have waited longest.
    fn grant(&mut self, now: f64) {
        let before = self.waiting.len();
        while !self.waiting.is_empty() && self.rate.permits.try_take(now) {
            self.woken.extend(self.waiting.pop_front().map(|first| first.wake));
        }
        if self.waiting.len() < before {
            self.wake_first();
        }
    }

    /// Wakes the first call. Only its timer has to be exact; the timers of the others may be late
    /// after the rate rose or a call ahead of them left.
    fn wake_first(&mut self) {
        self.woken.extend(self.waiting.front().map(|first| Arc::clone(&first.wake)));
    }

    fn position(&self, ticket: u64) -> Option<usize> {
        self.waiting.binary_search_by_key(&ticket, |waiter| waiter.ticket).ok()
    }

    /// The time until `permits` permits are available, rounded up.
    fn delay(&mut self, permits: usize, now: f64) -> Duration {
        let seconds = self.rate.permits.time_until(permits, now);
        let delay = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX);
        delay.saturating_add(Duration::from_nanos(1))
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Waker};

    use super::*;

    /// A queue with the lowest rate, half a permit per second, and no permit at 0 s.
    fn limited() -> SendQueue {
        let mut queue = SendQueue::default();
        assert_eq!(queue.attempt_ended(Feedback::Throttling, 0.0), Some(0.5));
        queue
    }

    fn enter(queue: &mut SendQueue, now: f64) -> Wait {
        queue.enter(now).expect("no permit is available")
    }

    /// A delay that ends just after this many seconds.
    fn seconds(seconds: u64) -> Duration {
        Duration::new(seconds, 1)
    }

    fn is_woken(queue: &mut SendQueue, wait: &Wait) -> bool {
        queue.take_woken().iter().for_each(|wake| wake.notify_one());
        pin!(wait.wake.notified()).poll(&mut Context::from_waker(Waker::noop())).is_ready()
    }

    #[test]
    fn no_call_waits_before_the_first_throttling_error() {
        let mut queue = SendQueue::default();
        for feedback in [Feedback::Success, Feedback::OtherFailure] {
            assert!((0..1000).all(|_| queue.enter(0.0).is_none()));
            assert_eq!(queue.attempt_ended(feedback, 0.0), None);
        }
        queue.attempt_ended(Feedback::Throttling, 0.0);
        assert!(queue.enter(0.0).is_some());
    }

    #[test]
    fn calls_get_permits_in_the_order_in_which_they_wait() {
        let mut queue = limited();
        let waits: Vec<_> = (0..3).map(|_| enter(&mut queue, 0.0)).collect();
        let delays: Vec<_> = waits.iter().map(|wait| wait.delay).collect();
        assert_eq!(delays, [seconds(2), seconds(4), seconds(6)]);
        assert_eq!(queue.time_left(waits[1].ticket, 2.0), Some(seconds(2)));
        assert!(is_woken(&mut queue, &waits[0]));
        assert_eq!(queue.time_left(waits[0].ticket, 2.0), None);
        // A new call does not take the permit of a waiting one.
        let last = enter(&mut queue, 4.0);
        assert_eq!(last.delay, seconds(4));
        assert_eq!(queue.time_left(waits[1].ticket, 4.0), None);
        assert_eq!(queue.time_left(waits[2].ticket, 6.0), None);
        assert_eq!(queue.time_left(last.ticket, 8.0), None);
    }

    #[test]
    fn a_call_that_is_no_longer_polled_does_not_stop_others() {
        let mut queue = limited();
        let (_stuck, next) = (enter(&mut queue, 0.0), enter(&mut queue, 0.0));
        // The first call got the permit of the first four seconds and did not use it.
        assert_eq!(queue.time_left(next.ticket, 4.0), Some(seconds(2)));
        assert_eq!(queue.time_left(next.ticket, 6.0), None);
    }

    #[test]
    fn a_call_that_leaves_gives_back_its_place_or_its_permit() {
        let mut queue = limited();
        let (first, second) = (enter(&mut queue, 0.0), enter(&mut queue, 0.0));
        queue.leave(first.ticket, 1.0);
        assert!(is_woken(&mut queue, &second));
        assert_eq!(queue.time_left(second.ticket, 1.0), Some(seconds(1)));
        let third = enter(&mut queue, 1.0);
        assert_eq!(third.delay, seconds(3));
        assert_eq!(queue.time_left(second.ticket, 2.0), None);
        queue.leave(second.ticket, 2.0);
        assert_eq!(queue.time_left(third.ticket, 2.0), None);
        // A call that had no permit gives none back.
        let fourth = enter(&mut queue, 2.0);
        queue.leave(fourth.ticket, 2.0);
        assert_eq!(enter(&mut queue, 2.0).delay, seconds(2));
    }

    #[test]
    fn a_higher_rate_shortens_the_wait_of_the_first_call_and_then_of_the_next() {
        let mut queue = limited();
        assert!(queue.enter(2.0).is_none());
        let (first, second) = (enter(&mut queue, 2.0), enter(&mut queue, 2.0));
        assert_eq!((first.delay, second.delay), (seconds(2), seconds(4)));
        queue.attempt_ended(Feedback::Success, 2.0);
        assert!(is_woken(&mut queue, &first) && !is_woken(&mut queue, &second));
        let shorter = queue.time_left(first.ticket, 2.0).expect("a wait");
        assert!(shorter < seconds(1), "{shorter:?}");
        assert_eq!(queue.time_left(first.ticket, 2.0 + shorter.as_secs_f64()), None);
        assert!(is_woken(&mut queue, &second));
    }
}
