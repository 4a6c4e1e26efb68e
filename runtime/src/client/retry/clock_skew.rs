//! The difference between the local clock and the clock of a service, if it is so large that the
//! service rejects signatures.
//!
//! The date of a response alone is not used, because a proxy may return a cached response. It is
//! used only if the response is an error for a rejected signature.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::Timestamp;

/// The largest difference that is not considered the cause of an error, in seconds. Services accept
/// five minutes.
const TOLERANCE: u64 = 4 * 60;

/// The plausible dates of a service's clock, in seconds since 1970: from 2015 to the year 9000. A
/// signature cannot contain a year with five digits.
const PLAUSIBLE_DATES: std::ops::Range<i64> = 1_420_000_000..221_845_000_000;

/// The correction of the local clock, in seconds. The calls of a client and its clones share it.
#[derive(Debug, Default)]
pub(crate) struct ClockSkew(AtomicI64);

impl ClockSkew {
    /// The current correction.
    pub(crate) fn correction(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Sets the correction to `measured`, if it differs enough from the correction `used` with
    /// which the rejected request was signed.
    pub(crate) fn update(&self, used: i64, measured: i64) -> ClockUpdate {
        if measured.abs_diff(used) <= TOLERANCE {
            return ClockUpdate::Unchanged;
        }
        let before = self.0.swap(measured, Ordering::Relaxed);
        if before.abs_diff(measured) > TOLERANCE {
            ClockUpdate::Corrected
        } else {
            ClockUpdate::AlreadyCorrected
        }
    }
}

/// What a rejected signature revealed about the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClockUpdate {
    /// The clock was not the cause.
    Unchanged,
    /// The clock was the cause, and this call is the first to detect it.
    Corrected,
    /// The clock was the cause, and another call has corrected it in the meantime.
    AlreadyCorrected,
}

/// The local time with the correction.
pub(crate) fn corrected(now: SystemTime, correction: i64) -> SystemTime {
    let by = Duration::from_secs(correction.unsigned_abs());
    let corrected = if correction < 0 { now.checked_sub(by) } else { now.checked_add(by) };
    corrected.unwrap_or(now)
}

/// How many seconds the clock of a service is ahead of the local clock, by the `Date` header of the
/// response to a request that was sent at `sent` and took `elapsed`. The response is assumed to be
/// dated halfway through the round trip.
pub(crate) fn measure(date: &str, sent: SystemTime, elapsed: Duration) -> Option<i64> {
    let date = Timestamp::from_http_date(date)?.seconds();
    if !PLAUSIBLE_DATES.contains(&date) {
        return None;
    }
    date.checked_sub(seconds(sent.checked_add(elapsed / 2)?))
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
        for (sent, elapsed, expected) in table {
            let measured = measure(DATE, at(sent), Duration::from_secs(elapsed));
            assert_eq!(measured, Some(expected), "{sent} {elapsed}");
        }
        let before_1970 = UNIX_EPOCH - Duration::from_secs(5);
        assert_eq!(measure(DATE, before_1970, Duration::ZERO), Some(SECONDS as i64 + 5));
    }

    #[test]
    fn implausible_dates_are_ignored() {
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
    fn differences_up_to_four_minutes_are_tolerated() {
        let table = [
            (0, 240, ClockUpdate::Unchanged),
            (0, -240, ClockUpdate::Unchanged),
            (0, 241, ClockUpdate::Corrected),
            (0, -241, ClockUpdate::Corrected),
            (3600, 3600, ClockUpdate::Unchanged),
            (3600, 0, ClockUpdate::Corrected),
        ];
        for (used, measured, expected) in table {
            let skew = ClockSkew(AtomicI64::new(used));
            assert_eq!(skew.update(used, measured), expected, "{used} {measured}");
            let kept = if expected == ClockUpdate::Unchanged { used } else { measured };
            assert_eq!(skew.correction(), kept, "{used} {measured}");
        }
    }

    #[test]
    fn a_call_signed_before_the_correction_does_not_correct_again() {
        let skew = ClockSkew::default();
        assert_eq!(skew.update(0, 3600), ClockUpdate::Corrected);
        assert_eq!(skew.update(0, 3601), ClockUpdate::AlreadyCorrected);
        assert_eq!(skew.update(3601, 3600), ClockUpdate::Unchanged);
    }

    #[test]
    fn corrections_have_both_signs_and_do_not_overflow() {
        assert_eq!(corrected(at(1000), 10), at(1010));
        assert_eq!(corrected(at(1000), -10), at(990));
        for correction in [i64::MIN, i64::MAX] {
            corrected(at(1000), correction);
        }
    }
}
