//! The permits to send requests, which become available at the send rate.

/// The lowest rate, in permits per second.
const MIN_RATE: f64 = 0.5;

/// The lowest capacity. If it were less than one permit, no request could be sent.
const MIN_CAPACITY: f64 = 1.0;

/// A token bucket whose rate changes. It is unrelated to the token bucket that limits retries.
#[derive(Debug)]
pub(super) struct Permits {
    /// Permits per second.
    rate: f64,
    capacity: f64,
    available: f64,
    refilled_at: f64,
}

impl Default for Permits {
    fn default() -> Self {
        Self { rate: 1.0, capacity: MIN_CAPACITY, available: 0.0, refilled_at: 0.0 }
    }
}

impl Permits {
    pub(super) fn rate(&self) -> f64 {
        self.rate
    }

    /// Sets the rate from now on, and the capacity to the number of permits in one second.
    pub(super) fn set_rate(&mut self, rate: f64, now: f64) {
        self.refill(now);
        self.rate = rate.max(MIN_RATE);
        self.capacity = rate.max(MIN_CAPACITY);
        self.available = self.available.min(self.capacity);
    }

    /// Takes a permit and returns true, or returns false if none is available.
    pub(super) fn try_take(&mut self, now: f64) -> bool {
        self.refill(now);
        let enough = self.available >= 1.0;
        if enough {
            self.available -= 1.0;
        }
        enough
    }

    /// Returns a permit that was not used.
    pub(super) fn put_back(&mut self, now: f64) {
        self.refill(now);
        self.available = (self.available + 1.0).min(self.capacity);
    }

    /// How long it takes until `count` permits are available, in seconds, ignoring the capacity.
    pub(super) fn time_until(&mut self, count: usize, now: f64) -> f64 {
        self.refill(now);
        ((count as f64 - self.available) / self.rate).max(0.0)
    }

    fn refill(&mut self, now: f64) {
        let elapsed = (now - self.refilled_at).max(0.0);
        self.available = (self.available + elapsed * self.rate).min(self.capacity);
        self.refilled_at = now.max(self.refilled_at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permits_become_available_at_the_rate_up_to_the_capacity() {
        let mut permits = Permits::default();
        assert!(!permits.try_take(0.5));
        assert!(permits.try_take(1.0) && !permits.try_take(1.0));
        permits.set_rate(4.0, 1.0);
        assert_eq!(permits.time_until(1, 1.0), 0.25);
        assert_eq!(permits.time_until(3, 1.0), 0.75);
        // No more than four, even after a long time without requests.
        assert_eq!((0..9).filter(|_| permits.try_take(1000.0)).count(), 4);
        assert_eq!(permits.time_until(1, 1000.0), 0.25);
    }

    #[test]
    fn a_lower_rate_discards_permits_beyond_its_capacity() {
        let mut permits = Permits::default();
        permits.set_rate(8.0, 0.0);
        permits.set_rate(2.0, 10.0);
        assert_eq!((0..9).filter(|_| permits.try_take(10.0)).count(), 2);
    }

    #[test]
    fn the_rate_and_the_capacity_have_a_minimum() {
        for rate in [0.0, -3.0, 0.1, f64::NAN, f64::NEG_INFINITY] {
            let mut permits = Permits::default();
            permits.set_rate(rate, 0.0);
            assert_eq!(permits.time_until(1, 0.0), 2.0, "{rate}");
            assert!(permits.try_take(2.0) && !permits.try_take(2.0), "{rate}");
        }
    }

    #[test]
    fn a_returned_permit_is_available_at_once_within_the_capacity() {
        let mut permits = Permits::default();
        assert!(permits.try_take(1.0));
        permits.put_back(1.0);
        permits.put_back(1.0);
        assert!(permits.try_take(1.0) && !permits.try_take(1.0));
    }

    #[test]
    fn a_clock_that_is_set_back_adds_no_permits() {
        let mut permits = Permits::default();
        assert!(permits.try_take(10.0));
        assert!(!permits.try_take(1.0));
        assert!(!permits.try_take(10.5));
        assert!(permits.try_take(11.0));
    }
}
