//! The cubic function of time by which the send rate recovers after throttling.

/// How fast the rate grows, in requests/s⁴.
const SCALE: f64 = 0.4;

/// The fraction of the rate that remains after throttling.
const BETA: f64 = 0.7;

/// The send rate as a function of the time since the last throttling error.
///
/// The rate grows fast at first, slowly near the rate at which the service throttled, and then
/// faster and faster, to find out whether the limit of the service is higher now.
#[derive(Debug, Default)]
pub(super) struct CubicRate {
    /// The rate at which the service throttled, in requests per second.
    throttled_rate: f64,
    throttled_at: f64,
    /// How long it takes to reach `throttled_rate` again, in seconds.
    recovery_time: f64,
}

impl CubicRate {
    /// The rate after a success.
    pub(super) fn after_success(&self, now: f64) -> f64 {
        let elapsed = now - self.throttled_at;
        SCALE * (elapsed - self.recovery_time).powi(3) + self.throttled_rate
    }

    /// The rate after a throttling error at `rate`.
    pub(super) fn after_throttling(&mut self, rate: f64, now: f64) -> f64 {
        let recovery_time = (rate * (1.0 - BETA) / SCALE).cbrt();
        *self = Self { throttled_rate: rate, throttled_at: now, recovery_time };
        rate * BETA
    }
}
