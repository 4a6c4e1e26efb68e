//! Conversions from and to the types of the crate `chrono`.

use ::chrono::{DateTime, TimeZone, Utc};

use super::TimestampRangeError;
use crate::shape::timestamp::{NANOS_PER_SECOND, Timestamp};

/// The time zone is lost. A leap second becomes the second after it, as in POSIX.
impl<Z: TimeZone> From<DateTime<Z>> for Timestamp {
    fn from(time: DateTime<Z>) -> Self {
        // chrono represents a leap second as a billion nanoseconds or more in the second before it.
        let nanos = time.timestamp_subsec_nanos();
        Self {
            seconds: time.timestamp() + i64::from(nanos / NANOS_PER_SECOND),
            nanos: nanos % NANOS_PER_SECOND,
        }
    }
}

/// Fails if the year is outside the range of `chrono`, about 262,000 years before and after the
/// year 0.
impl TryFrom<Timestamp> for DateTime<Utc> {
    type Error = TimestampRangeError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampRangeError> {
        Self::from_timestamp(timestamp.seconds, timestamp.nanos)
            .ok_or(TimestampRangeError::new(timestamp, "chrono::DateTime"))
    }
}
