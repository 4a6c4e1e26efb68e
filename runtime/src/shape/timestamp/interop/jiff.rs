//! Conversions from and to the types of the crate `jiff`.

use ::jiff::ZonedDateTime;

use super::TimestampRangeError;
use crate::Timestamp;

impl From<::jiff::Timestamp> for Timestamp {
    fn from(time: ::jiff::Timestamp) -> Self {
        Self::from_total_nanos(time.as_nanosecond())
    }
}

/// The time zone is lost.
impl From<&ZonedDateTime> for Timestamp {
    fn from(time: &ZonedDateTime) -> Self {
        time.timestamp().into()
    }
}

/// The time zone is lost.
impl From<ZonedDateTime> for Timestamp {
    fn from(time: ZonedDateTime) -> Self {
        time.timestamp().into()
    }
}

/// Fails if the year is not between -9999 and 9999. The limits are about a day inside this range,
/// so that every timestamp has a local time in every time zone.
impl TryFrom<Timestamp> for ::jiff::Timestamp {
    type Error = TimestampRangeError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampRangeError> {
        Self::from_nanosecond(timestamp.total_nanos())
            .map_err(|_| TimestampRangeError::new(timestamp, "jiff::Timestamp"))
    }
}
