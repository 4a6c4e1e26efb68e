//! Points in time as text: the codecs of the forms that a model may ask for, and the reading of both.
//!
//! Services send other forms than their models say, so each form is read wherever a point in time
//! stands. The third one, a number, is the serde form of [`Timestamp`].

use aws_smithy_types::date_time::Format;
use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Error, Serializer};

use crate::Timestamp;
use crate::shape::codec::Codec;

/// RFC 3339, in UTC: `2000-01-02T20:34:56.123Z`, with up to six digits behind the point. Years beyond
/// 1 to 9999 cannot be written.
#[derive(Debug)]
pub enum DateTime {}

/// The form of dates in HTTP, which has no fraction: `Sun, 02 Jan 2000 20:34:56 GMT`. Years beyond 1
/// to 9999 cannot be written.
#[derive(Debug)]
pub enum HttpDate {}

macro_rules! formats {
    ($($codec:ident),*) => {
        $(impl Codec<Timestamp> for $codec {
            fn serialize<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
                match value.format(Format::$codec) {
                    Some(text) => serializer.serialize_str(&text),
                    None => Err(S::Error::custom("a time outside of the years 1 to 9999")),
                }
            }

            fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
                Timestamp::deserialize(deserializer)
            }
        })*
    };
}

formats!(DateTime, HttpDate);

/// A time as RFC 3339 or HTTP writes it.
pub(crate) fn read(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| http_date(text))
}

/// `Sun, 02 Jan 2000 20:34:56 GMT`, which may have a fraction of any length behind the seconds.
fn http_date(text: &str) -> Option<Timestamp> {
    let (time, fraction) = match text.strip_suffix(" GMT")?.split_once('.') {
        Some((time, fraction)) => (time, nanos(fraction)?),
        None => (text.strip_suffix(" GMT")?, 0),
    };
    let whole = Timestamp::parse(&format!("{time} GMT"), Format::HttpDate)?;
    Timestamp::new(whole.seconds(), fraction)
}

/// The nanoseconds of a fraction; what is beyond them is cut.
fn nanos(digits: &str) -> Option<u32> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{digits:0<9.9}").parse().ok()
}
