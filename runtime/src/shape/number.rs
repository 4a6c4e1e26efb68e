//! Reads a number in any form in which a deserializer can provide it.
//!
//! Services write integers as floats and floats as integers. With the `arbitrary_precision` feature
//! of `serde_json`, which any crate of a program can enable for all of them, a number is a map that
//! contains its digits as a string. The target type decides which values it accepts.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};

/// The only key of a map that represents a number (`arbitrary_precision`).
pub(crate) const NUMBER_KEY: &str = "$serde_json::private::Number";

/// A type that can be created from a number.
pub(crate) trait FromNumber: Sized {
    /// Describes the accepted values, for errors.
    const EXPECTED: &'static str;

    /// Converts an integer. Returns `None` if it is out of range.
    fn from_integer(value: i128) -> Option<Self>;

    /// Converts a number with a fraction or exponent. Returns `None` if it is not accepted.
    fn from_float(value: f64) -> Option<Self>;

    /// Converts a string, for types that are sometimes represented by one.
    fn from_string(_: &str) -> Option<Self> {
        None
    }
}

/// Deserializes a number. The format must be self-describing, like JSON.
pub(crate) fn deserialize<'de, T: FromNumber, D: Deserializer<'de>>(d: D) -> Result<T, D::Error> {
    d.deserialize_any(NumberVisitor(PhantomData))
}

struct NumberVisitor<T>(PhantomData<T>);

impl<'de, T: FromNumber> Visitor<'de> for NumberVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::from_integer(value.into())
            .ok_or_else(|| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        T::from_integer(value.into())
            .ok_or_else(|| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        T::from_float(value).ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        T::from_string(value).ok_or_else(|| E::invalid_type(Unexpected::Str(value), &self))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<T, M::Error> {
        if map.next_key::<String>()?.as_deref() != Some(NUMBER_KEY) {
            return Err(M::Error::invalid_type(Unexpected::Map, &self));
        }
        let digits: String = map.next_value()?;
        parse_digits(&digits)
            .ok_or_else(|| M::Error::invalid_value(Unexpected::Other("a number"), &self))
    }
}

fn parse_digits<T: FromNumber>(digits: &str) -> Option<T> {
    if let Ok(integer) = digits.parse() {
        return T::from_integer(integer);
    }
    // The parser returns infinity for a number that is too large for a float. Without the feature,
    // `serde_json` rejects such numbers.
    digits.parse().ok().filter(|value: &f64| value.is_finite()).and_then(T::from_float)
}
