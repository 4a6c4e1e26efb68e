//! Conversions between [`Timestamp`] and the types of the standard library and of other crates.
//!
//! A conversion to a timestamp never fails, because its range includes the ranges of all other
//! types. The modules for other crates need the features of the same names.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
mod range_error;
mod system_time;
#[cfg(feature = "time")]
mod time;

pub use self::range_error::TimestampRangeError;
#[cfg(any(feature = "jiff", feature = "time"))]
use super::{NANOS_PER_SECOND, Timestamp};

/// Conversions from and to nanoseconds since 1970. Unlike seconds with a fraction, this form is the
/// same in every crate for times before 1970.
#[cfg(any(feature = "jiff", feature = "time"))]
impl Timestamp {
    /// Creates a timestamp from nanoseconds since 1970, which must be in its range.
    #[cfg(feature = "jiff")]
    fn from_total_nanos(total: i128) -> Self {
        let nanos_per_second = i128::from(NANOS_PER_SECOND);
        Self {
            seconds: total.div_euclid(nanos_per_second) as i64,
            nanos: total.rem_euclid(nanos_per_second) as u32,
        }
    }

    /// Returns the nanoseconds since 1970.
    fn total_nanos(self) -> i128 {
        i128::from(self.seconds) * i128::from(NANOS_PER_SECOND) + i128::from(self.nanos)
    }
}
