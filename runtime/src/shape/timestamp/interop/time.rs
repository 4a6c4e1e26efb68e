//! Conversions from and to the types of the crate `time`.

use ::time::{OffsetDateTime, UtcDateTime};

use super::TimestampRangeError;
use crate::Timestamp;

/// The offset is lost.
impl From<OffsetDateTime> for Timestamp {
    fn from(time: OffsetDateTime) -> Self {
        Self { seconds: time.unix_timestamp(), nanos: time.nanosecond() }
    }
}

/// The result is in UTC. Fails if the year is not between -9999 and 9999, or in a larger range if
/// the feature `large-dates` of `time` is enabled.
impl TryFrom<Timestamp> for OffsetDateTime {
    type Error = TimestampRangeError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampRangeError> {
        Self::from_unix_timestamp_nanos(timestamp.total_nanos())
            .map_err(|_| TimestampRangeError::new(timestamp, "time::OffsetDateTime"))
    }
}

impl From<UtcDateTime> for Timestamp {
    fn from(time: UtcDateTime) -> Self {
        Self { seconds: time.unix_timestamp(), nanos: time.nanosecond() }
    }
}

/// Fails if the year is not between -9999 and 9999, or in a larger range if the feature
/// `large-dates` of `time` is enabled.
impl TryFrom<Timestamp> for UtcDateTime {
    type Error = TimestampRangeError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampRangeError> {
        Self::from_unix_timestamp_nanos(timestamp.total_nanos())
            .map_err(|_| TimestampRangeError::new(timestamp, "time::UtcDateTime"))
    }
}
