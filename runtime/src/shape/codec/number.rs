//! The codecs of numbers.
//!
//! `shape::number` reads numbers from a deserializer; this file defines their range.

use serde_core::de::Deserializer;
use serde_core::ser::{Serialize, Serializer};

use crate::format::mismatch::mismatch;
use crate::shape::codec::codec::Codec;
use crate::shape::number::{self, FromNumber, NumberError};

/// Integers from `i8` to `i64`. A fraction or exponent is accepted if the value is integral, for
/// example `1.0` or `1e3`: some services use JSON libraries that write every number as a float.
/// Floats with an absolute value of 2<sup>53</sup> or more are rejected, because they may have been
/// rounded.
#[derive(Debug)]
pub enum Integer {}

/// The largest integer to which no other integer is rounded when it is read as an `f64`.
const MAX_EXACT: f64 = 9_007_199_254_740_991.0;

macro_rules! integers {
    ($($integer:ty),*) => {
        $(impl Codec<$integer> for Integer {
            fn serialize<S: Serializer>(value: &$integer, serializer: S) -> Result<S::Ok, S::Error> {
                value.serialize(serializer)
            }

            fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$integer, D::Error> {
                number::deserialize(deserializer)
            }
        }

        impl FromNumber for $integer {
            const EXPECTED: &'static str = "an integer";
            const OUT_OF_RANGE: &'static str =
                concat!("a number out of range for ", stringify!($integer));

            fn from_integer(value: i128) -> Result<Self, NumberError> {
                value.try_into().map_err(|_| NumberError::OutOfRange)
            }

            fn from_float(value: f64) -> Result<Self, NumberError> {
                if value.fract() != 0.0 {
                    return Err(NumberError::Fraction);
                }
                // The cast saturates at the limits of `i128`, which no type here can hold.
                let integer = Self::from_integer(value as i128)?;
                if value.abs() > MAX_EXACT { Err(NumberError::Inexact) } else { Ok(integer) }
            }
        })*
    };
}

integers!(i8, i16, i32, i64);

/// `f32` and `f64`, as a number or as one of the strings `NaN`, `Infinity` and `-Infinity`.
#[derive(Debug)]
pub enum Float {}

impl Codec<f64> for Float {
    fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        match non_finite(*value) {
            Some(text) => serializer.serialize_str(text),
            None => serializer.serialize_f64(*value),
        }
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        number::deserialize(deserializer)
    }
}

impl Codec<f32> for Float {
    fn serialize<S: Serializer>(value: &f32, serializer: S) -> Result<S::Ok, S::Error> {
        match non_finite(f64::from(*value)) {
            Some(text) => serializer.serialize_str(text),
            None => serializer.serialize_f32(*value),
        }
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f32, D::Error> {
        let wide: f64 = number::deserialize(deserializer)?;
        let narrow = wide as f32;
        if narrow.is_infinite() && wide.is_finite() {
            return Err(mismatch(f64::EXPECTED, "a number out of range for f32"));
        }
        Ok(narrow)
    }
}

fn non_finite(value: f64) -> Option<&'static str> {
    if value.is_finite() {
        None
    } else if value.is_nan() {
        Some("NaN")
    } else if value > 0.0 {
        Some("Infinity")
    } else {
        Some("-Infinity")
    }
}

impl FromNumber for f64 {
    const EXPECTED: &'static str = "a number, or \"NaN\", \"Infinity\" or \"-Infinity\"";

    fn from_integer(value: i128) -> Result<Self, NumberError> {
        Ok(value as f64)
    }

    fn from_float(value: f64) -> Result<Self, NumberError> {
        Ok(value)
    }

    fn from_string(text: &str) -> Option<Self> {
        match text {
            "NaN" => Some(f64::NAN),
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            _ => None,
        }
    }
}
