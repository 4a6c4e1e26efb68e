//! Whether there is another attempt, and how long it waits: the standard mode.
//!
//! Only numbers are here. Nothing is sent and nobody sleeps, and the random number comes from
//! outside, so that tests can name it.

use std::time::Duration;

use crate::client::token_bucket::TokenBucket;
use crate::{RetryConfig, RetryParameters};

/// The longest delay that doubling leads to.
const LONGEST: Duration = Duration::from_secs(20);

/// How much longer than its own delay a call waits because a service asks for it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why an attempt may be worth another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// There were too many requests.
    Throttling,
    /// The service has a trouble that passes.
    Server,
    /// There was no answer, or not all of it.
    Connection,
    /// A limit of time passed.
    Timeout,
    /// The clock of this machine was wrong, and now is not.
    Clock,
}

impl Reason {
    /// As a log says it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Throttling => "throttling",
            Self::Server => "server error",
            Self::Connection => "no answer",
            Self::Timeout => "timeout",
            Self::Clock => "clock",
        }
    }
}

/// Why there is no other attempt although it might help and the configuration allows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GivenUp {
    /// Too much has failed lately.
    Tokens,
    /// The limit of the call would pass before the delay does.
    Time,
    /// Nobody is there who could wake the call after the delay.
    Runtime,
}

impl GivenUp {
    /// As an error's line ends.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Tokens => "not repeated because too many calls failed lately",
            Self::Time => "not repeated because the limit for the call is near",
            Self::Runtime => "not repeated because there is no tokio runtime to wait in",
        }
    }
}

/// What comes after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Another attempt, after this delay.
    After(Duration),
    /// What the attempt has led to is what the call ends with.
    End(Option<GivenUp>),
}

/// The further attempts of one call.
pub(crate) struct Retries<'a> {
    config: RetryConfig,
    tokens: &'a TokenBucket,
    /// How many attempts there were beyond the first.
    taken: u32,
    /// What the last of them cost.
    paid: u32,
}

impl<'a> Retries<'a> {
    pub(crate) fn new(config: RetryConfig, tokens: &'a TokenBucket) -> Self {
        Self { config, tokens, taken: 0, paid: 0 }
    }

    /// Decides after an attempt that failed for `reason`. `asked` is the delay that the service
    /// asked for, `left` what is left of the time of the call, and `random` a number from 0 to 1.
    pub(crate) fn next(
        &mut self,
        reason: Reason,
        asked: Option<Duration>,
        left: Option<Duration>,
        random: f64,
    ) -> Next {
        if self.taken + 1 >= self.config.max_attempts() {
            return Next::End(None);
        }
        let parameters = self.config.parameters();
        let delay = match self.config.has_delays() {
            true => delay(base(parameters, reason), self.taken, asked, random),
            false => Duration::ZERO,
        };
        if left.is_some_and(|left| delay >= left) {
            return Next::End(Some(GivenUp::Time));
        }
        let cost = cost(parameters, reason);
        if !self.tokens.take(cost) {
            return Next::End(Some(GivenUp::Tokens));
        }
        self.taken += 1;
        self.paid = cost;
        Next::After(delay)
    }

    /// Puts back what a success gives back: what the last attempt cost, or one token for a call
    /// that needed no second one.
    pub(crate) fn succeeded(&self) {
        self.tokens.put(if self.taken == 0 { 1 } else { self.paid });
    }
}

/// What the delays grow from. With the right time, the next attempt need not wait for anything.
fn base(parameters: RetryParameters, reason: Reason) -> Duration {
    match (parameters, reason) {
        (_, Reason::Clock) => Duration::ZERO,
        (RetryParameters::Classic, _) | (_, Reason::Throttling) => Duration::from_secs(1),
        (RetryParameters::Of2026, _) => Duration::from_millis(50),
    }
}

fn cost(parameters: RetryParameters, reason: Reason) -> u32 {
    match (parameters, reason) {
        (RetryParameters::Classic, Reason::Connection | Reason::Timeout) => 10,
        (RetryParameters::Classic, _) | (_, Reason::Throttling) => 5,
        (RetryParameters::Of2026, _) => 14,
    }
}

/// A random part of the longest delay, which doubles with each attempt. What a service asks for is
/// kept to where it cannot be less than that and not much more.
fn delay(base: Duration, taken: u32, asked: Option<Duration>, random: f64) -> Duration {
    let doubled = base.saturating_mul(2_u32.saturating_pow(taken)).min(LONGEST);
    let own = doubled.mul_f64(random.clamp(0.0, 1.0));
    asked.map_or(own, |asked| asked.clamp(own, own + PATIENCE))
}

/// The value of `x-amz-retry-after`, whole milliseconds. Anything else asks for nothing.
pub(crate) fn asked(value: &[u8]) -> Option<Duration> {
    let digits = value.trim_ascii();
    // `parse` would take a sign.
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
        let config = RetryConfig::standard().with_max_attempts(attempts);
        Retries::new(config.with_parameters(parameters), bucket)
    }

    #[test]
    fn delays_double_up_to_twenty_seconds() {
        let table = [
            (CLASSIC, Reason::Throttling, [1000, 2000, 4000, 8000, 16000, 20000, 20000]),
            (CLASSIC, Reason::Server, [1000, 2000, 4000, 8000, 16000, 20000, 20000]),
            (CLASSIC, Reason::Connection, [1000, 2000, 4000, 8000, 16000, 20000, 20000]),
            (CLASSIC, Reason::Timeout, [1000, 2000, 4000, 8000, 16000, 20000, 20000]),
            (OF_2026, Reason::Throttling, [1000, 2000, 4000, 8000, 16000, 20000, 20000]),
            (OF_2026, Reason::Server, [50, 100, 200, 400, 800, 1600, 3200]),
            (OF_2026, Reason::Connection, [50, 100, 200, 400, 800, 1600, 3200]),
            (OF_2026, Reason::Timeout, [50, 100, 200, 400, 800, 1600, 3200]),
            (CLASSIC, Reason::Clock, [0; 7]),
            (OF_2026, Reason::Clock, [0; 7]),
        ];
        for (parameters, reason, longest) in table {
            for (random, part) in [(1.0, 1.0), (0.5, 0.5), (0.0, 0.0)] {
                let bucket = TokenBucket::default();
                let mut retries = retries(&bucket, 100, parameters);
                for longest in longest {
                    let expected = Duration::from_millis(longest).mul_f64(part);
                    let next = retries.next(reason, None, None, random);
                    assert_eq!(next, Next::After(expected), "{parameters:?} {reason:?}");
                }
            }
        }
    }

    #[test]
    fn many_attempts_do_not_overflow() {
        let delay = delay(Duration::from_secs(1), u32::MAX, None, 1.0);
        assert_eq!(delay, LONGEST);
    }

    #[test]
    fn attempts_cost_by_their_reason_and_a_success_gives_the_last_cost_back() {
        let table = [
            (CLASSIC, Reason::Throttling, 5),
            (CLASSIC, Reason::Server, 5),
            (CLASSIC, Reason::Clock, 5),
            (CLASSIC, Reason::Connection, 10),
            (CLASSIC, Reason::Timeout, 10),
            (OF_2026, Reason::Throttling, 5),
            (OF_2026, Reason::Server, 14),
            (OF_2026, Reason::Connection, 14),
            (OF_2026, Reason::Timeout, 14),
        ];
        for (parameters, reason, cost) in table {
            let bucket = TokenBucket::default();
            let mut retries = retries(&bucket, 3, parameters);
            for _ in 0..2 {
                assert!(matches!(retries.next(reason, None, None, 0.0), Next::After(_)));
            }
            retries.succeeded();
            assert!(bucket.take(TokenBucket::CAPACITY - cost), "{parameters:?} {reason:?}");
            assert!(!bucket.take(1), "{parameters:?} {reason:?}");
        }
    }

    #[test]
    fn a_success_at_once_gives_one_token() {
        let bucket = TokenBucket::default();
        assert!(bucket.take(500));
        retries(&bucket, 3, CLASSIC).succeeded();
        assert!(bucket.take(1) && !bucket.take(1));
    }

    #[test]
    fn attempts_end_with_their_number_the_tokens_and_the_time() {
        let bucket = TokenBucket::default();
        let mut few = retries(&bucket, 2, CLASSIC);
        assert_eq!(few.next(Reason::Server, None, None, 0.0), Next::After(Duration::ZERO));
        assert_eq!(few.next(Reason::Server, None, None, 0.0), Next::End(None));
        let mut one = retries(&bucket, 1, CLASSIC);
        assert_eq!(one.next(Reason::Server, None, None, 0.0), Next::End(None));

        let second = Some(Duration::from_secs(1));
        let mut late = retries(&bucket, 3, CLASSIC);
        assert_eq!(late.next(Reason::Server, None, second, 1.0), Next::End(Some(GivenUp::Time)));
        let next = late.next(Reason::Server, None, second, 0.999);
        assert_eq!(next, Next::After(Duration::from_millis(999)));
        // Of all of these, two attempts were paid for.
        assert!(bucket.take(490) && !bucket.take(1));

        let next = late.next(Reason::Server, None, None, 1.0);
        assert_eq!(next, Next::End(Some(GivenUp::Tokens)));
    }

    #[test]
    fn what_a_service_asks_for_is_kept_within_bounds() {
        let table = [(0, 500), (499, 500), (500, 500), (700, 700), (5500, 5500), (5501, 5500)];
        for (asked, expected) in table {
            let asked = Some(Duration::from_millis(asked));
            let delay = delay(Duration::from_secs(1), 0, asked, 0.5);
            assert_eq!(delay, Duration::from_millis(expected), "{asked:?}");
        }
        let endless = Some(Duration::from_millis(u64::MAX));
        assert_eq!(delay(Duration::from_secs(1), 9, endless, 1.0), Duration::from_secs(25));
    }

    #[test]
    fn without_delays_nothing_is_waited_for() {
        let bucket = TokenBucket::default();
        let mut retries = Retries::new(RetryConfig::standard().without_delays(), &bucket);
        let asked = Some(Duration::from_secs(3));
        assert_eq!(retries.next(Reason::Server, None, None, 1.0), Next::After(Duration::ZERO));
        assert_eq!(retries.next(Reason::Throttling, asked, None, 1.0), Next::After(Duration::ZERO));
        assert_eq!(retries.next(Reason::Server, None, None, 1.0), Next::End(None));
    }

    #[test]
    fn only_whole_milliseconds_are_understood() {
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
            assert_eq!(asked(value), expected.map(Duration::from_millis), "{value:?}");
        }
    }
}
