//! The rate at which a client may send requests, computed from the results of its attempts.

use crate::client::rate_limit::cubic_rate::CubicRate;
use crate::client::rate_limit::measured_rate::MeasuredRate;
use crate::client::rate_limit::permits::Permits;

/// The maximum ratio of the send rate to the measured rate. Without this limit, the send rate would
/// become meaninglessly high while a client sends few requests.
const MAX_INCREASE: f64 = 2.0;

/// What the result of an attempt means for the send rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feedback {
    /// The request succeeded, so the rate may rise.
    Success,
    /// The service received too many requests, so the rate falls.
    Throttling,
    /// The request failed for a reason that has nothing to do with the rate.
    OtherFailure,
}

/// The send rate of a client, and the permits that become available at this rate.
#[derive(Debug, Default)]
pub(super) struct SendRate {
    limited: bool,
    measured: MeasuredRate,
    cubic: CubicRate,
    pub(super) permits: Permits,
}

impl SendRate {
    /// Returns true after the first throttling error. Until then, requests need no permits.
    pub(super) fn is_limited(&self) -> bool {
        self.limited
    }

    /// Updates the rate after an attempt.
    pub(super) fn attempt_ended(&mut self, feedback: Feedback, now: f64) {
        let measured = self.measured.record(now);
        let rate = match feedback {
            Feedback::Success => self.cubic.after_success(now),
            Feedback::Throttling => {
                let limit = if self.limited { self.permits.rate() } else { f64::INFINITY };
                self.limited = true;
                self.cubic.after_throttling(measured.min(limit), now)
            }
            Feedback::OtherFailure => return,
        };
        self.permits.set_rate(rate.min(MAX_INCREASE * measured), now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OK: Feedback = Feedback::Success;
    const THROTTLED: Feedback = Feedback::Throttling;

    /// The pause before a call, its wait for a permit, the duration of its attempt, the result, and
    /// then the measured rate and the send rate. Computed with botocore 1.44.8.
    const TABLE: [(f64, f64, f64, Feedback, f64, f64); 44] = [
        (0.0, 0.0, 0.1, OK, 0.0, 0.5),
        (0.0, 0.0, 0.1, OK, 0.0, 0.5),
        (0.0, 0.0, 0.1, OK, 0.0, 0.5),
        (0.0, 0.0, 0.1, OK, 0.0, 0.5),
        (0.05, 0.0, 0.1, OK, 8.0, 0.5),
        (0.05, 0.0, 0.1, OK, 8.0, 0.5),
        (0.05, 0.0, 0.1, OK, 8.0, 0.5),
        (0.05, 0.0, 0.1, OK, 6.4, 0.5),
        (0.05, 0.0, 0.1, OK, 6.4, 0.60835),
        (0.05, 0.0, 0.1, OK, 6.4, 0.8788),
        (0.05, 0.0, 0.1, THROTTLED, 6.4, 4.48),
        (0.0, 0.033912, 0.1, OK, 7.68, 4.90192),
        (0.0, 0.112609, 0.1, OK, 7.68, 5.436817),
        (0.0, 0.09377, 0.1, OK, 7.68, 5.79707),
        (0.0, 0.078715, 0.1, OK, 6.336, 6.037343),
        (0.0, 0.069616, 0.1, OK, 6.336, 6.196546),
        (0.0, 0.063949, 0.1, OK, 4.4672, 6.297922),
        (0.2, 0.0, 0.05, OK, 4.4672, 6.377299),
        (0.2, 0.0, 0.05, OK, 4.09344, 6.399031),
        (0.2, 0.0, 0.05, OK, 4.09344, 6.40062),
        (0.0, 0.0, 0.1, THROTTLED, 4.09344, 2.865408),
        (0.0, 0.0, 0.1, THROTTLED, 4.09344, 2.005786),
        (0.0, 0.0, 0.1, OK, 7.218688, 2.190539),
        (0.0, 0.221225, 0.1, OK, 7.218688, 2.602688),
        (0.0, 0.300054, 0.1, OK, 4.643738, 2.824092),
        (0.0, 0.261936, 0.1, OK, 2.528748, 2.864914),
        (0.0, 0.250475, 0.1, OK, 2.528748, 2.871163),
        (3.0, 0.0, 0.1, OK, 0.962892, 1.925785),
        (0.0, 0.0, 0.1, OK, 0.962892, 1.925785),
        (0.0, 0.0, 0.1, OK, 0.962892, 1.925785),
        (0.0, 0.357807, 0.1, OK, 4.992578, 9.985157),
        (0.0, 0.080862, 0.1, OK, 4.992578, 9.985157),
        (0.0, 0.000149, 0.02, OK, 4.992578, 9.985157),
        (0.0, 0.080149, 0.02, OK, 5.798516, 11.597031),
        (0.0, 0.069009, 0.02, OK, 5.798516, 11.597031),
        (0.0, 0.066229, 0.02, OK, 5.798516, 11.597031),
        (0.0, 0.066229, 0.02, OK, 5.798516, 11.597031),
        (0.0, 0.066229, 0.02, OK, 5.798516, 11.597031),
        (0.0, 0.066229, 0.1, THROTTLED, 9.159703, 6.411792),
        (12.0, 0.0, 0.1, OK, 1.898607, 3.797215),
        (0.0, 0.0, 0.01, OK, 1.898607, 3.797215),
        (0.0, 0.0, 0.01, OK, 1.898607, 3.797215),
        (0.0, 0.0, 0.01, OK, 1.898607, 3.797215),
        (0.0, 0.023404, 0.01, OK, 1.898607, 3.797215),
    ];

    fn assert_close(found: f64, expected: f64, row: usize) {
        assert!((found - expected).abs() < 1e-6, "row {row}: {found} instead of {expected}");
    }

    #[test]
    fn waits_and_rates_are_those_of_botocore() {
        let mut rate = SendRate::default();
        let mut now = 0.0;
        for (row, (pause, wait, duration, feedback, measured, expected)) in
            TABLE.into_iter().enumerate()
        {
            now += pause;
            if rate.is_limited() {
                let waited = rate.permits.time_until(1, now);
                assert_close(waited, wait, row);
                // Rounding may leave the bucket a little short of a whole permit.
                now += waited + 1e-9;
                assert!(rate.permits.try_take(now), "row {row}");
            }
            now += duration;
            rate.attempt_ended(feedback, now);
            assert_close(rate.measured.rate(), measured, row);
            assert_close(rate.permits.rate(), expected, row);
        }
    }

    #[test]
    fn other_failures_change_nothing_but_are_counted_as_requests() {
        let mut rate = SendRate::default();
        for feedback in [OK, THROTTLED, Feedback::OtherFailure] {
            rate.attempt_ended(feedback, 0.1);
        }
        assert_eq!(rate.permits.rate(), 0.5);
        for second in 1..100 {
            rate.attempt_ended(Feedback::OtherFailure, f64::from(second));
        }
        assert_eq!(rate.permits.rate(), 0.5);
        assert!(rate.measured.rate() > 0.9);
        // The next success raises the rate.
        rate.attempt_ended(OK, 100.0);
        assert!(rate.permits.rate() > 1.8);
        let before = rate.permits.rate();
        rate.attempt_ended(THROTTLED, 100.1);
        assert!(rate.permits.rate() < before * 0.71);
    }

    #[test]
    fn only_throttling_limits_the_rate() {
        let mut rate = SendRate::default();
        rate.attempt_ended(OK, 0.0);
        rate.attempt_ended(Feedback::OtherFailure, 0.0);
        assert!(!rate.is_limited());
        rate.attempt_ended(THROTTLED, 0.0);
        rate.attempt_ended(OK, 1e6);
        assert!(rate.is_limited());
    }
}
