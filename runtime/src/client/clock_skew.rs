//! How far the clock of this machine is from the clocks of a service, where they are so far apart
//! that signatures are refused.
//!
//! A date alone moves nothing: proxies answer with old pages. It does together with an error that
//! says that the signature was not accepted.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

/// How far clocks may be apart without being the reason of a refusal, in seconds. Services accept
/// five minutes.
const TOLERATED: u64 = 4 * 60;

/// The dates that a clock of a service can show, in seconds since 1970: from 2015 to the year 9000.
/// A signature cannot name a year of five digits.
const SENSIBLE: std::ops::Range<i64> = 1_420_000_000..221_845_000_000;

/// What to add to the clock of this machine, in seconds; shared by all calls of a client and its
/// clones.
#[derive(Debug, Default)]
pub(crate) struct ClockSkew(AtomicI64);

impl ClockSkew {
    /// The correction as it is now.
    pub(crate) fn correction(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Takes over what an answer has shown after its request was signed with the correction `used`.
    /// Tells whether another request would be signed with a time that is really another one, and
    /// how far the clocks are apart where nobody knew it yet.
    pub(crate) fn learn(&self, used: i64, measured: i64) -> Learnt {
        if measured.abs_diff(used) <= TOLERATED {
            return Learnt::Nothing;
        }
        let before = self.0.swap(measured, Ordering::Relaxed);
        if before.abs_diff(measured) > TOLERATED { Learnt::First } else { Learnt::Again }
    }
}

/// What an answer tells about the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Learnt {
    /// The clock was not the reason.
    Nothing,
    /// The clock was the reason, and this is the first call to find out.
    First,
    /// The clock was the reason, which another call has found out before.
    Again,
}

/// The time of this machine, corrected.
pub(crate) fn corrected(now: SystemTime, correction: i64) -> SystemTime {
    let by = Duration::from_secs(correction.unsigned_abs());
    let corrected = if correction < 0 { now.checked_sub(by) } else { now.checked_add(by) };
    corrected.unwrap_or(now)
}

/// How far the clock of a service is ahead of this machine's, by the `Date` of an answer to a
/// request that was sent at `sent` and took so long. The answer is taken to be dated in the middle.
pub(crate) fn measure(date: &str, sent: SystemTime, took: Duration) -> Option<i64> {
    let date = DateTime::from_str(date, Format::HttpDate).ok()?.secs();
    if !SENSIBLE.contains(&date) {
        return None;
    }
    date.checked_sub(seconds(sent.checked_add(took / 2)?))
}

fn seconds(time: SystemTime) -> i64 {
    let whole = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => whole(after),
        Err(before) => -whole(before.duration()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: &str = "Fri, 21 Nov 2025 12:00:00 GMT";
    const SECONDS: u64 = 1_763_726_400;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn the_date_is_compared_with_the_middle_of_the_round_trip() {
        let table = [
            (SECONDS, 0, 0),
            (SECONDS - 10, 20, 0),
            (SECONDS - 3600, 0, 3600),
            (SECONDS - 3610, 20, 3600),
            (SECONDS + 3600, 0, -3600),
            (0, 0, SECONDS as i64),
        ];
        for (sent, took, expected) in table {
            let measured = measure(DATE, at(sent), Duration::from_secs(took));
            assert_eq!(measured, Some(expected), "{sent} {took}");
        }
        let before_1970 = UNIX_EPOCH - Duration::from_secs(5);
        assert_eq!(measure(DATE, before_1970, Duration::ZERO), Some(SECONDS as i64 + 5));
    }

    #[test]
    fn what_is_no_sensible_date_tells_nothing() {
        for date in [
            "",
            "now",
            "1763726400",
            "2025-11-21T12:00:00Z",
            "Fri, 21 Nov 2025 12:00:00",
            "Fri, 99 Nov 2025 12:00:00 GMT",
            "Fri, 21 Nov 2025 99:00:00 GMT",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Fri, 21 Nov 20255555555555555555 12:00:00 GMT",
        ] {
            assert_eq!(measure(date, at(SECONDS), Duration::ZERO), None, "{date}");
        }
    }

    #[test]
    fn four_minutes_are_tolerated() {
        let table = [
            (0, 240, Learnt::Nothing),
            (0, -240, Learnt::Nothing),
            (0, 241, Learnt::First),
            (0, -241, Learnt::First),
            (3600, 3600, Learnt::Nothing),
            (3600, 0, Learnt::First),
        ];
        for (used, measured, expected) in table {
            let skew = ClockSkew(AtomicI64::new(used));
            assert_eq!(skew.learn(used, measured), expected, "{used} {measured}");
            let kept = if expected == Learnt::Nothing { used } else { measured };
            assert_eq!(skew.correction(), kept, "{used} {measured}");
        }
    }

    #[test]
    fn a_call_that_began_before_the_correction_is_not_the_first() {
        let skew = ClockSkew::default();
        assert_eq!(skew.learn(0, 3600), Learnt::First);
        assert_eq!(skew.learn(0, 3601), Learnt::Again);
        assert_eq!(skew.learn(3601, 3600), Learnt::Nothing);
    }

    #[test]
    fn corrections_go_both_ways_and_never_too_far() {
        assert_eq!(corrected(at(1000), 10), at(1010));
        assert_eq!(corrected(at(1000), -10), at(990));
        for correction in [i64::MIN, i64::MAX] {
            corrected(at(1000), correction);
        }
    }
}
