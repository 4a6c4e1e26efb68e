//! The text form of `Display` and `FromStr`, which represents every timestamp without loss.
//!
//! RFC 3339 is limited to the years 0 to 9999. Other years are written as in ISO 8601, with a sign
//! and at least four digits.

use super::Timestamp;
use super::calendar::{CYCLE_DAYS, CYCLE_YEARS};
use super::format::date_time;
use super::utc::{SECONDS_PER_DAY, UtcTime};

const CYCLE_SECONDS: i64 = CYCLE_DAYS * SECONDS_PER_DAY;

/// The length of a year with its sign. The years of the earliest and the latest timestamp, about
/// 292 billion before and after 1970, have twelve digits.
const SIGNED_YEAR_LENGTH: std::ops::RangeInclusive<usize> = 5..=13;

impl Timestamp {
    /// Formats the timestamp in UTC with up to nine fractional digits.
    pub(super) fn to_text(self) -> String {
        date_time(UtcTime::of_any_year(self.seconds), self.nanos)
    }

    /// Reads what [`to_text`](Self::to_text) returns, with any offset.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        Self::parse_rfc3339(text).or_else(|| parse_other_year(text))
    }
}

/// Reads a timestamp whose year is not between 1 and 9999. It reads the same time in the cycle that
/// begins in 2000, and adds the difference.
fn parse_other_year(text: &str) -> Option<Timestamp> {
    let year_length = 1 + text.get(1..)?.find('-')?;
    let (year, rest) = text.split_at(year_length);
    let has_sign = year.starts_with(['+', '-']);
    let lengths = if has_sign { SIGNED_YEAR_LENGTH } else { 4..=4 };
    let year_number: i64 = year.parse().ok()?;
    // A year has a sign only if it needs one.
    if !lengths.contains(&year.len()) || has_sign == (0..=9999).contains(&year_number) {
        return None;
    }
    let since_2000 = year_number - 2000;
    let year_in_cycle = 2000 + since_2000.rem_euclid(CYCLE_YEARS);
    let in_cycle = Timestamp::parse_rfc3339(&format!("{year_in_cycle}{rest}"))?;
    let cycles = i128::from(since_2000.div_euclid(CYCLE_YEARS));
    let seconds = i128::from(in_cycle.seconds) + cycles * i128::from(CYCLE_SECONDS);
    Some(Timestamp { seconds: i64::try_from(seconds).ok()?, nanos: in_cycle.nanos })
}
