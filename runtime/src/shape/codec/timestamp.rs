//! The codecs of timestamps in text form, and parsing of both text forms.
//!
//! Services do not always use the form that their model specifies, so every form is accepted for
//! every timestamp. The third form, a number, is the serde form of [`Timestamp`].

use aws_smithy_types::date_time::Format;
use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Error, Serializer};

use crate::Timestamp;
use crate::shape::codec::codec::Codec;

/// RFC 3339 in UTC, with up to six fractional digits: `2000-01-02T20:34:56.123Z`. Only the years 1
/// to 9999 can be written.
#[derive(Debug)]
pub enum DateTime {}

/// The date format of HTTP, without a fraction: `Sun, 02 Jan 2000 20:34:56 GMT`. Only the years 1
/// to 9999 can be written.
#[derive(Debug)]
pub enum HttpDate {}

macro_rules! formats {
    ($($codec:ident),*) => {
        $(impl Codec<Timestamp> for $codec {
            fn serialize<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
                match value.format(Format::$codec) {
                    Some(text) => serializer.serialize_str(&text),
                    None => Err(S::Error::custom("a timestamp outside the years 1 to 9999")),
                }
            }

            fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
                Timestamp::deserialize(deserializer)
            }
        })*
    };
}

formats!(DateTime, HttpDate);

/// Parses a timestamp in RFC 3339 or HTTP date format.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| parse_http_date(text))
}

/// Parses `Sun, 02 Jan 2000 20:34:56 GMT`, optionally with a fraction of any length after the
/// seconds.
fn parse_http_date(text: &str) -> Option<Timestamp> {
    let (time, fraction) = match text.strip_suffix(" GMT")?.split_once('.') {
        Some((time, fraction)) => (time, parse_nanos(fraction)?),
        None => (text.strip_suffix(" GMT")?, 0),
    };
    let whole = Timestamp::parse(&format!("{time} GMT"), Format::HttpDate)?;
    Timestamp::new(whole.seconds(), fraction)
}

/// Parses the digits of a fraction. Digits beyond nanoseconds are truncated.
fn parse_nanos(digits: &str) -> Option<u32> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{digits:0<9.9}").parse().ok()
}
