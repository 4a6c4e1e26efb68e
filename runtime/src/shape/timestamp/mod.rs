//! Timestamps: seconds since 1970 with a fraction, the form that awsJson uses.
//!
//! `text` reads all text forms, `format` writes the two that the protocols specify, and
//! `lossless_text` reads and writes the form of `Display` and `FromStr`.

mod arithmetic;
mod calendar;
pub(crate) mod format;
mod interop;
mod lossless_text;
mod text;
pub(crate) mod utc;

use std::fmt;
use std::str::FromStr;

use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Serialize, Serializer};

pub use self::interop::TimestampRangeError;
use crate::clock;
use crate::shape::number::{self, FromNumber, NumberError};

const NANOS_PER_SECOND: u32 = 1_000_000_000;

/// A point in time with nanosecond precision.
///
/// On the wire it is the number of seconds since 1970-01-01T00:00:00Z, an integer if there is no
/// fraction, unless a [codec](crate::codec) specifies another form. Fractions are read with
/// microsecond precision, which is what a JSON number can represent. Text is also accepted,
/// whatever the model specifies: a number in quotes, RFC 3339 and other forms of ISO 8601, and the
/// dates of HTTP and email. Text without a zone is in UTC. `Display` and `FromStr` use RFC 3339 and
/// are inverses of each other.
///
/// The seconds have the range of `i64`, which covers 292 billion years before and after 1970. A
/// [`Duration`](std::time::Duration) can be added and subtracted. As with
/// [`SystemTime`](std::time::SystemTime), the operators panic if the result is out of range, and
/// [`checked_add`](Self::checked_add) and [`checked_sub`](Self::checked_sub) return `None`.
///
/// These types convert to a timestamp with `From`, so setters accept them. In the other direction,
/// `TryFrom` fails with a [`TimestampRangeError`] if the type cannot represent the timestamp.
/// Nanoseconds are preserved in both directions, except that `SystemTime` on Windows has a
/// resolution of 100 ns.
///
/// | feature | to a timestamp | from a timestamp |
/// |---|---|---|
/// | none | `SystemTime` | `SystemTime` |
/// | `chrono` | `DateTime` with any time zone | `DateTime<Utc>` |
/// | `jiff` | `Timestamp`, `ZonedDateTime`, `&ZonedDateTime` | `Timestamp` |
/// | `time` | `OffsetDateTime`, `UtcDateTime` | `OffsetDateTime`, `UtcDateTime` |
///
/// ```
/// use std::time::Duration;
///
/// use longshore_runtime::Timestamp;
///
/// let timestamp: Timestamp = "2000-01-02T20:34:56.5Z".parse()?;
/// assert_eq!((timestamp.seconds(), timestamp.subsec_nanos()), (946_845_296, 500_000_000));
/// assert_eq!(Timestamp::from_seconds(946_845_296).to_string(), "2000-01-02T20:34:56Z");
///
/// let later = timestamp + Duration::from_millis(750);
/// assert_eq!(later.to_string(), "2000-01-02T20:34:57.25Z");
/// assert_eq!(later.checked_duration_since(timestamp), Some(Duration::from_millis(750)));
/// assert_eq!(timestamp.checked_duration_since(later), None);
/// # Ok::<(), longshore_runtime::ParseTimestampError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

impl Timestamp {
    /// Creates a timestamp from whole seconds since 1970.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self { seconds, nanos: 0 }
    }

    /// Creates a timestamp from seconds since 1970 plus nanoseconds. Returns `None` if the sum is
    /// out of range.
    #[must_use]
    pub const fn new(seconds: i64, nanos: u32) -> Option<Self> {
        match seconds.checked_add((nanos / NANOS_PER_SECOND) as i64) {
            Some(seconds) => Some(Self { seconds, nanos: nanos % NANOS_PER_SECOND }),
            None => None,
        }
    }

    /// Returns the current time of the system clock.
    #[must_use]
    pub fn now() -> Self {
        clock::now().into()
    }

    /// Returns the whole seconds since 1970, negative for earlier times.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Returns the nanoseconds after [`seconds`](Self::seconds), always less than one second.
    #[must_use]
    pub const fn subsec_nanos(self) -> u32 {
        self.nanos
    }
}

/// Prints RFC 3339 in UTC with up to nine fractional digits. A year that is not between 0 and 9999
/// has a sign, as in ISO 8601: `+10000-01-01T00:00:00Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_text())
    }
}

/// Reads RFC 3339 with any offset and any number of fractional digits; digits after the ninth are
/// ignored. Years that RFC 3339 cannot represent are read in the form that `Display` prints.
impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, ParseTimestampError> {
        Self::from_text(text).ok_or(ParseTimestampError(()))
    }
}

/// The error of parsing a [`Timestamp`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseTimestampError(());

impl fmt::Display for ParseTimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a timestamp: expected RFC 3339, such as 2000-01-02T20:34:56Z")
    }
}

impl std::error::Error for ParseTimestampError {}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.nanos {
            0 => serializer.serialize_i64(self.seconds),
            nanos => serializer.serialize_f64(self.seconds as f64 + f64::from(nanos) / 1e9),
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        number::deserialize(deserializer)
    }
}

impl FromNumber for Timestamp {
    const EXPECTED: &'static str = "a timestamp";
    const WRONG_STRING: &'static str = "a string that is not a date and time";

    fn from_integer(value: i128) -> Result<Self, NumberError> {
        i64::try_from(value).map(Self::from_seconds).map_err(|_| NumberError::OutOfRange)
    }

    fn from_float(value: f64) -> Result<Self, NumberError> {
        // The limits of `i64` as floats. No range contains `NaN`.
        if !(-9.223_372_036_854_775e18..9.223_372_036_854_775e18).contains(&value) {
            return Err(NumberError::OutOfRange);
        }
        // Uses casts because `floor` and `round` are calls into the C library on processors without
        // an instruction for them.
        let truncated = value as i64;
        let seconds = if (truncated as f64) > value { truncated - 1 } else { truncated };
        let micros = ((value - seconds as f64) * 1e6 + 0.5) as u32;
        Self::new(seconds, micros * 1000).ok_or(NumberError::OutOfRange)
    }

    fn from_string(text: &str) -> Option<Self> {
        text::parse(text)
    }
}
