//! A point in time: seconds since 1970 with a fraction, as awsJson sends them.
//!
//! The forms in which it is text, `timestamp_codec` knows.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Serialize, Serializer};

use crate::shape::codec;
use crate::shape::number::{self, Number};

const NANOS: u32 = 1_000_000_000;

/// A point in time with nanoseconds.
///
/// On the wire it is a number of seconds since 1970-01-01T00:00:00Z, whole where there is no
/// fraction, unless a [codec](crate::codec) says otherwise. A fraction that comes is kept to the
/// microsecond, which is what such a number can hold. The texts that codecs write are read as well.
/// `Display` and `FromStr` are RFC 3339.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

impl Timestamp {
    /// Whole seconds since 1970.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self { seconds, nanos: 0 }
    }

    /// Seconds since 1970, and nanoseconds to add; `None` where the sum is out of range.
    #[must_use]
    pub const fn new(seconds: i64, nanos: u32) -> Option<Self> {
        match seconds.checked_add((nanos / NANOS) as i64) {
            Some(seconds) => Some(Self { seconds, nanos: nanos % NANOS }),
            None => None,
        }
    }

    /// Now, by the clock of this machine.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Whole seconds since 1970; before that, negative.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds after [`seconds`](Self::seconds), always less than a second.
    #[must_use]
    pub const fn subsec_nanos(self) -> u32 {
        self.nanos
    }

    /// The time in another form; `None` where that has no words for it.
    pub(crate) fn format(self, format: Format) -> Option<String> {
        DateTime::from_secs_and_nanos(self.seconds, self.nanos).fmt(format).ok()
    }

    /// The time of a text in this form.
    pub(crate) fn parse(text: &str, format: Format) -> Option<Self> {
        let time = DateTime::from_str(text, format).ok()?;
        Some(Self { seconds: time.secs(), nanos: time.subsec_nanos() })
    }
}

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
        nanos => Timestamp { seconds: seconds.saturating_sub(1), nanos: NANOS - nanos },
    }
}

/// Fails only where the operating system's time cannot hold the value.
impl TryFrom<Timestamp> for SystemTime {
    type Error = ParseTimestampError;

    fn try_from(timestamp: Timestamp) -> Result<Self, ParseTimestampError> {
        let seconds = Duration::from_secs(timestamp.seconds.unsigned_abs());
        let whole = if timestamp.seconds < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(seconds)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(seconds)
        };
        whole
            .and_then(|time| time.checked_add(Duration::from_nanos(timestamp.nanos.into())))
            .ok_or(ParseTimestampError("beyond the range of the system's time"))
    }
}

/// RFC 3339, with a fraction of up to six digits; outside of the years 1 to 9999, the seconds.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.format(Format::DateTime) {
            Some(text) => f.pad(&text),
            None => write!(f, "{}", self.seconds),
        }
    }
}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, ParseTimestampError> {
        Self::parse(text, Format::DateTimeWithOffset)
            .ok_or(ParseTimestampError("not a time as RFC 3339 writes it"))
    }
}

/// What is no [`Timestamp`], or cannot be made of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseTimestampError(&'static str);

impl fmt::Display for ParseTimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
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

impl Number for Timestamp {
    const EXPECTED: &'static str =
        "a point in time: seconds since 1970, or a text of RFC 3339 or HTTP";

    fn from_whole(value: i128) -> Option<Self> {
        i64::try_from(value).ok().map(Self::from_seconds)
    }

    fn from_float(value: f64) -> Option<Self> {
        // The ends of i64 as floats; NaN is in no range.
        if !(-9.223_372_036_854_775e18..9.223_372_036_854_775e18).contains(&value) {
            return None;
        }
        // Casts instead of `floor` and `round`, which are calls into the C library on processors
        // without an instruction for them, for every date of an answer.
        let cut = value as i64;
        let whole = if (cut as f64) > value { cut - 1 } else { cut };
        let micros = ((value - whole as f64) * 1e6 + 0.5) as u32;
        Self::new(whole, micros * 1000)
    }

    fn from_text(text: &str) -> Option<Self> {
        codec::timestamp::read(text)
    }
}
