//! Decides whether a call is retried and after which delay, in both retry modes.
//!
//! This file only computes: it neither sends nor sleeps, and the random number is an argument, so
//! that tests can choose it.

use std::time::Duration;

use crate::client::attempt_summary::NotRetried;
use crate::client::retry::token_bucket::TokenBucket;
use crate::{RetryConfig, RetryParameters};

/// The upper limit of the exponential backoff.
const MAX_BACKOFF: Duration = Duration::from_secs(20);

/// The longest delay beyond its own backoff that a call accepts from a service.
const MAX_EXTRA_DELAY: Duration = Duration::from_secs(5);

/// Why another attempt may succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryReason {
    /// There were too many requests.
    Throttling,
    /// The service returned a transient error.
    Server,
    /// There was no response, or only part of one.
    Connection,
    /// The server had closed the idle connection before it received the request. The next attempt
    /// uses a new connection.
    StaleConnection,
    /// A time limit was exceeded.
    Timeout,
    /// The local clock was wrong and has been corrected.
    Clock,
}

impl RetryReason {
    /// The name in logs.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Throttling => "throttling",
            Self::Server => "server error",
            Self::Connection => "no response",
            Self::StaleConnection => "stale connection",
            Self::Timeout => "timeout",
            Self::Clock => "clock",
        }
    }
}

/// What to do after an attempt that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryDecision {
    RetryAfter(Duration),
    /// The call ends with the result of this attempt. If another attempt might have helped, this is
    /// the reason why there is none.
    Stop(Option<NotRetried>),
}

/// The retries of one call. Dropping it returns the tokens of a retry that was decided, but not made.
pub(crate) struct Retries<'a> {
    config: RetryConfig,
    tokens: &'a TokenBucket,
    /// The number of retries so far.
    count: u32,
    /// The cost of the last retry, in tokens.
    last_cost: u32,
    /// Whether the last retry has been decided, but not made.
    pending: bool,
}

impl<'a> Retries<'a> {
    pub(crate) fn new(config: RetryConfig, tokens: &'a TokenBucket) -> Self {
        Self { config, tokens, count: 0, last_cost: 0, pending: false }
    }

    /// Decides after an attempt that failed for `reason`. `retry_after` is the delay that the
    /// service requested, `time_left` the rest of the operation timeout, and `random` a number from
    /// 0 to 1.
    pub(crate) fn decide(
        &mut self,
        reason: RetryReason,
        retry_after: Option<Duration>,
        time_left: Option<Duration>,
        random: f64,
    ) -> RetryDecision {
        if self.count + 1 >= self.config.get_max_attempts() {
            return RetryDecision::Stop(None);
        }
        let parameters = self.config.get_parameters();
        let delay = match self.config.get_delays() {
            true => delay(initial_backoff(parameters, reason), self.count, retry_after, random),
            false => Duration::ZERO,
        };
        if time_left.is_some_and(|left| delay >= left) {
            return RetryDecision::Stop(Some(NotRetried::Time));
        }
        let cost = cost(parameters, reason);
        if !self.tokens.take(cost) {
            return RetryDecision::Stop(Some(NotRetried::Tokens));
        }
        self.count += 1;
        self.last_cost = cost;
        self.pending = true;
        RetryDecision::RetryAfter(delay)
    }

    /// Records that an attempt is made, so that the tokens of a retry are spent.
    pub(crate) fn attempt_made(&mut self) {
        self.pending = false;
    }

    /// Returns tokens after a success: the cost of the last retry, or one token if the first
    /// attempt succeeded.
    pub(crate) fn succeeded(&self) {
        self.tokens.put(if self.count == 0 { 1 } else { self.last_cost });
    }
}

impl Drop for Retries<'_> {
    fn drop(&mut self) {
        if self.pending {
            self.tokens.put(self.last_cost);
        }
    }
}

/// The backoff before the first retry. No delay is needed after a clock correction, or if the
/// server did not receive the request.
fn initial_backoff(parameters: RetryParameters, reason: RetryReason) -> Duration {
    match (parameters, reason) {
        (_, RetryReason::Clock | RetryReason::StaleConnection) => Duration::ZERO,
        (RetryParameters::Classic, _) | (_, RetryReason::Throttling) => Duration::from_secs(1),
        (RetryParameters::Of2026, _) => Duration::from_millis(50),
    }
}

fn cost(parameters: RetryParameters, reason: RetryReason) -> u32 {
    match (parameters, reason) {
        (
            RetryParameters::Classic,
            RetryReason::Connection | RetryReason::StaleConnection | RetryReason::Timeout,
        ) => 10,
        (RetryParameters::Classic, _) | (_, RetryReason::Throttling) => 5,
        (RetryParameters::Of2026, _) => 14,
    }
}

/// A random part of the backoff, which doubles with each retry. The delay that a service requests
/// is respected within limits: the result is at least our own delay, and at most
/// [`MAX_EXTRA_DELAY`] longer.
fn delay(initial: Duration, count: u32, retry_after: Option<Duration>, random: f64) -> Duration {
    let backoff = initial.saturating_mul(2_u32.saturating_pow(count)).min(MAX_BACKOFF);
    let own = backoff.mul_f64(random.clamp(0.0, 1.0));
    retry_after.map_or(own, |requested| requested.clamp(own, own + MAX_EXTRA_DELAY))
}

/// Parses the value of `x-amz-retry-after`, in whole milliseconds. Any other value is ignored.
pub(crate) fn parse_retry_after(value: &[u8]) -> Option<Duration> {
    let digits = value.trim_ascii();
    // `parse` would accept a sign.
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok().map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSIC: RetryParameters = RetryParameters::Classic;
    const OF_2026: RetryParameters = RetryParameters::Of2026;

    fn retries(bucket: &TokenBucket, attempts: u32, parameters: RetryParameters) -> Retries<'_> {
        let config = RetryConfig::standard().max_attempts(attempts);
        Retries::new(config.parameters(parameters), bucket)
    }

    #[test]
    fn delays_double_up_to_twenty_seconds() {
        let table = [
            (CLASSIC, RetryReason::Throttling, [1000, 2000, 4000, 8000, 16000, 20000, 20000]),
            (CLASSIC, RetryReason::Server, [1000, 2000, 4000, 8000, 16000, 20000, 20000]),
            (CLASSIC, RetryReason::Connection, [1000, 2000, 4000, 8000, 16000, 20000, 20000]),
            (CLASSIC, RetryReason::Timeout, [1000, 2000, 4000, 8000, 16000, 20000, 20000]),
            (OF_2026, RetryReason::Throttling, [1000, 2000, 4000, 8000, 16000, 20000, 20000]),
            (OF_2026, RetryReason::Server, [50, 100, 200, 400, 800, 1600, 3200]),
            (OF_2026, RetryReason::Connection, [50, 100, 200, 400, 800, 1600, 3200]),
            (OF_2026, RetryReason::Timeout, [50, 100, 200, 400, 800, 1600, 3200]),
            (CLASSIC, RetryReason::Clock, [0; 7]),
            (OF_2026, RetryReason::Clock, [0; 7]),
            (CLASSIC, RetryReason::StaleConnection, [0; 7]),
            (OF_2026, RetryReason::StaleConnection, [0; 7]),
        ];
        for (parameters, reason, longest) in table {
            for (random, part) in [(1.0, 1.0), (0.5, 0.5), (0.0, 0.0)] {
                let bucket = TokenBucket::default();
                let mut retries = retries(&bucket, 100, parameters);
                for longest in longest {
                    let expected = Duration::from_millis(longest).mul_f64(part);
                    let decision = retries.decide(reason, None, None, random);
                    assert_eq!(
                        decision,
                        RetryDecision::RetryAfter(expected),
                        "{parameters:?} {reason:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn many_retries_do_not_overflow() {
        let delay = delay(Duration::from_secs(1), u32::MAX, None, 1.0);
        assert_eq!(delay, MAX_BACKOFF);
    }

    #[test]
    fn a_retry_costs_tokens_by_its_reason_and_a_success_returns_them() {
        let table = [
            (CLASSIC, RetryReason::Throttling, 5),
            (CLASSIC, RetryReason::Server, 5),
            (CLASSIC, RetryReason::Clock, 5),
            (CLASSIC, RetryReason::Connection, 10),
            (CLASSIC, RetryReason::StaleConnection, 10),
            (CLASSIC, RetryReason::Timeout, 10),
            (OF_2026, RetryReason::Throttling, 5),
            (OF_2026, RetryReason::Server, 14),
            (OF_2026, RetryReason::Connection, 14),
            (OF_2026, RetryReason::StaleConnection, 14),
            (OF_2026, RetryReason::Timeout, 14),
        ];
        for (parameters, reason, cost) in table {
            let bucket = TokenBucket::default();
            let mut retries = retries(&bucket, 3, parameters);
            for _ in 0..2 {
                assert!(matches!(
                    retries.decide(reason, None, None, 0.0),
                    RetryDecision::RetryAfter(_)
                ));
            }
            retries.succeeded();
            assert!(bucket.take(TokenBucket::CAPACITY - cost), "{parameters:?} {reason:?}");
            assert!(!bucket.take(1), "{parameters:?} {reason:?}");
        }
    }

    #[test]
    fn a_success_without_retries_adds_one_token() {
        let bucket = TokenBucket::default();
        assert!(bucket.take(500));
        retries(&bucket, 3, CLASSIC).succeeded();
        assert!(bucket.take(1) && !bucket.take(1));
    }

    #[test]
    fn retries_stop_at_the_maximum_without_tokens_and_without_time() {
        let bucket = TokenBucket::default();
        let mut few = retries(&bucket, 2, CLASSIC);
        assert_eq!(
            few.decide(RetryReason::Server, None, None, 0.0),
            RetryDecision::RetryAfter(Duration::ZERO)
        );
        assert_eq!(few.decide(RetryReason::Server, None, None, 0.0), RetryDecision::Stop(None));
        let mut one = retries(&bucket, 1, CLASSIC);
        assert_eq!(one.decide(RetryReason::Server, None, None, 0.0), RetryDecision::Stop(None));

        let second = Some(Duration::from_secs(1));
        let mut late = retries(&bucket, 3, CLASSIC);
        assert_eq!(
            late.decide(RetryReason::Server, None, second, 1.0),
            RetryDecision::Stop(Some(NotRetried::Time))
        );
        let decision = late.decide(RetryReason::Server, None, second, 0.999);
        assert_eq!(decision, RetryDecision::RetryAfter(Duration::from_millis(999)));
        // Only two of these retries took tokens.
        assert!(bucket.take(490) && !bucket.take(1));

        let decision = late.decide(RetryReason::Server, None, None, 1.0);
        assert_eq!(decision, RetryDecision::Stop(Some(NotRetried::Tokens)));
    }

    #[test]
    fn a_retry_that_is_not_made_returns_its_tokens() {
        let bucket = TokenBucket::default();
        let mut retries = retries(&bucket, 3, CLASSIC);
        for reason in [RetryReason::Server, RetryReason::Timeout] {
            let decision = retries.decide(reason, None, None, 0.0);
            assert_eq!(decision, RetryDecision::RetryAfter(Duration::ZERO));
            if reason == RetryReason::Server {
                retries.attempt_made();
            }
        }
        drop(retries);
        assert!(bucket.take(495) && !bucket.take(1));
    }

    #[test]
    fn the_delay_of_a_service_is_limited() {
        let table = [(0, 500), (499, 500), (500, 500), (700, 700), (5500, 5500), (5501, 5500)];
        for (requested, expected) in table {
            let requested = Some(Duration::from_millis(requested));
            let delay = delay(Duration::from_secs(1), 0, requested, 0.5);
            assert_eq!(delay, Duration::from_millis(expected), "{requested:?}");
        }
        let endless = Some(Duration::from_millis(u64::MAX));
        assert_eq!(delay(Duration::from_secs(1), 9, endless, 1.0), Duration::from_secs(25));
    }

    #[test]
    fn without_delays_every_delay_is_zero() {
        let bucket = TokenBucket::default();
        let mut retries = Retries::new(RetryConfig::standard().delays(false), &bucket);
        let requested = Some(Duration::from_secs(3));
        assert_eq!(
            retries.decide(RetryReason::Server, None, None, 1.0),
            RetryDecision::RetryAfter(Duration::ZERO)
        );
        assert_eq!(
            retries.decide(RetryReason::Throttling, requested, None, 1.0),
            RetryDecision::RetryAfter(Duration::ZERO)
        );
        assert_eq!(retries.decide(RetryReason::Server, None, None, 1.0), RetryDecision::Stop(None));
    }

    #[test]
    fn only_whole_milliseconds_are_parsed() {
        let table: [(&[u8], Option<u64>); 11] = [
            (b"0", Some(0)),
            (b"1500", Some(1500)),
            (b" 1500\t", Some(1500)),
            (b"18446744073709551615", Some(u64::MAX)),
            (b"18446744073709551616", None),
            (b"", None),
            (b"-1", None),
            (b"+1", None),
            (b"1.5", None),
            (b"Fri, 21 Nov 2025 00:00:00 GMT", None),
            (b"\xff\xfe", None),
        ];
        for (value, expected) in table {
            assert_eq!(parse_retry_after(value), expected.map(Duration::from_millis), "{value:?}");
        }
    }
}
