//! The date and the time of day of a time in UTC.

use super::calendar::Date;

/// The seconds of the years 1 to 9999, which the text forms of the protocols can represent.
pub(super) const YEARS_1_TO_9999: std::ops::Range<i64> = -62_135_596_800..253_402_300_800;

pub(super) const SECONDS_PER_DAY: i64 = 86_400;

/// A time in UTC with a precision of one second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UtcTime {
    pub(crate) date: Date,
    pub(crate) hour: i64,
    pub(crate) minute: i64,
    pub(crate) second: i64,
}

impl UtcTime {
    /// Splits a number of seconds since 1970. Returns `None` if the year is not between 1 and 9999.
    pub(crate) fn new(seconds: i64) -> Option<Self> {
        YEARS_1_TO_9999.contains(&seconds).then(|| Self::of_any_year(seconds))
    }

    /// Splits a number of seconds since 1970.
    pub(crate) fn of_any_year(seconds: i64) -> Self {
        let of_day = seconds.rem_euclid(SECONDS_PER_DAY);
        Self {
            date: Date::from_days_since_1970(seconds.div_euclid(SECONDS_PER_DAY)),
            hour: of_day / 3600,
            minute: of_day / 60 % 60,
            second: of_day % 60,
        }
    }
}
