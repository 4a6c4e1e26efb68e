//! Conversions from and to `SystemTime`.

use std::time::{Duration, SystemTime};

use super::TimestampRangeError;
use crate::shape::timestamp::{NANOS_PER_SECOND, Timestamp};

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => {
                let seconds = i64::try_from(after.as_secs()).unwrap_or(i64::MAX);
                Self { seconds, nanos: after.subsec_nanos() }
            }
            Err(error) => before_epoch(error.duration()),
        }
    }
}

fn before_epoch(distance: Duration) -> Timestamp {
    let seconds = 0i64.saturating_sub_unsigned(distance.as_secs());
    match distance.subsec_nanos() {
        0 => Timestamp { seconds, nanos: 0 },
        nanos => Timestamp { seconds: seconds.saturating_sub(1), nanos: NANOS_PER_SECOND - nanos },
    }
}

/// Fails if the timestamp is out of range for `SystemTime`, whose range depends on the operating
/// system. On Windows, the result is rounded down to a multiple of 100 ns.
impl TryFrom<Timestamp> for SystemTime {
    type Error = TimestampRangeError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampRangeError> {
        let distance = Duration::from_secs(timestamp.seconds.unsigned_abs());
        let whole = if timestamp.seconds < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(distance)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(distance)
        };
        whole
            .and_then(|time| time.checked_add(Duration::from_nanos(timestamp.nanos.into())))
            .ok_or(TimestampRangeError::new(timestamp, "std::time::SystemTime"))
    }
}
