//! Adds durations to timestamps, subtracts them, and computes the time between two timestamps.

use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::time::Duration;

use super::{NANOS_PER_SECOND, Timestamp};

impl Timestamp {
    /// Returns the timestamp that is `duration` later. Returns `None` if its seconds are out of the
    /// range of `i64`.
    #[must_use]
    pub const fn checked_add(self, duration: Duration) -> Option<Self> {
        // Both are less than one second, so the sum is less than two and fits.
        let nanos = self.nanos + duration.subsec_nanos();
        match self.seconds.checked_add_unsigned(duration.as_secs()) {
            Some(seconds) => Self::new(seconds, nanos),
            None => None,
        }
    }

    /// Returns the timestamp that is `duration` earlier. Returns `None` if its seconds are out of
    /// the range of `i64`.
    #[must_use]
    pub const fn checked_sub(self, duration: Duration) -> Option<Self> {
        let (nanos, borrowed) = match self.nanos.checked_sub(duration.subsec_nanos()) {
            Some(nanos) => (nanos, 0),
            None => (self.nanos + NANOS_PER_SECOND - duration.subsec_nanos(), 1),
        };
        match self.seconds.checked_sub_unsigned(duration.as_secs()) {
            Some(seconds) => match seconds.checked_sub(borrowed) {
                Some(seconds) => Some(Self { seconds, nanos }),
                None => None,
            },
            None => None,
        }
    }

    /// Returns the time from `earlier` to this timestamp. Returns `None` if `earlier` is later.
    ///
    /// A [`Duration`] can hold the difference of any two timestamps.
    #[must_use]
    pub const fn checked_duration_since(self, earlier: Self) -> Option<Duration> {
        if self.seconds < earlier.seconds
            || self.seconds == earlier.seconds && self.nanos < earlier.nanos
        {
            return None;
        }
        let seconds = self.seconds.abs_diff(earlier.seconds);
        Some(match self.nanos.checked_sub(earlier.nanos) {
            Some(nanos) => Duration::new(seconds, nanos),
            None => Duration::new(seconds - 1, self.nanos + NANOS_PER_SECOND - earlier.nanos),
        })
    }

    /// Returns the time from `earlier` to this timestamp, or zero if `earlier` is later.
    #[must_use]
    pub const fn saturating_duration_since(self, earlier: Self) -> Duration {
        match self.checked_duration_since(earlier) {
            Some(duration) => duration,
            None => Duration::ZERO,
        }
    }
}

/// # Panics
/// Panics if the result is out of range. [`checked_add`](Timestamp::checked_add) does not panic.
impl Add<Duration> for Timestamp {
    type Output = Self;

    #[track_caller]
    fn add(self, duration: Duration) -> Self {
        self.checked_add(duration).expect("overflow when adding a duration to a timestamp")
    }
}

/// # Panics
/// Panics if the result is out of range. [`checked_add`](Timestamp::checked_add) does not panic.
impl AddAssign<Duration> for Timestamp {
    #[track_caller]
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

/// # Panics
/// Panics if the result is out of range. [`checked_sub`](Timestamp::checked_sub) does not panic.
impl Sub<Duration> for Timestamp {
    type Output = Self;

    #[track_caller]
    fn sub(self, duration: Duration) -> Self {
        self.checked_sub(duration).expect("overflow when subtracting a duration from a timestamp")
    }
}

/// # Panics
/// Panics if the result is out of range. [`checked_sub`](Timestamp::checked_sub) does not panic.
impl SubAssign<Duration> for Timestamp {
    #[track_caller]
    fn sub_assign(&mut self, duration: Duration) {
        *self = *self - duration;
    }
}
