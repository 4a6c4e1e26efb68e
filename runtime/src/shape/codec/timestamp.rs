//! The codecs of timestamps in text form. The third form, a number, is the serde form of
//! [`Timestamp`].
//!
//! Services do not always use the form that their model specifies, so every form is accepted for
//! every timestamp.

use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Error, Serializer};

use crate::Timestamp;
use crate::shape::codec::codec::Codec;
use crate::shape::timestamp::format::Format;

/// The newtype name under which the text of a timestamp is serialized, because comma-separated
/// lists treat timestamps differently from other text.
pub(crate) const TIMESTAMP_TEXT: &str = "Timestamp";

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
                    Some(text) => serializer.serialize_newtype_struct(TIMESTAMP_TEXT, &text),
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
