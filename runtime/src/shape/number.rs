//! Reads a number in any form in which a deserializer can provide it.
//!
//! Services write integers as floats and floats as integers. With the `arbitrary_precision` feature
//! of `serde_json`, which any crate of a program can enable for all of them, a number is a map that
//! contains its digits as a string. The target type decides which values it accepts.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};

use crate::format::mismatch::mismatch;

/// The only key of a map that represents a number (`arbitrary_precision`).
pub(crate) const NUMBER_KEY: &str = "$serde_json::private::Number";

/// A type that can be created from a number.
pub(crate) trait FromNumber: Sized {
    /// Describes the accepted values, for errors.
    const EXPECTED: &'static str;

    /// Describes a number that is too small or too large, for errors.
    const OUT_OF_RANGE: &'static str = "a number out of range";

    /// Describes a string that is not accepted, for errors.
    const WRONG_STRING: &'static str = "a string";

    /// Converts an integer.
    fn from_integer(value: i128) -> Result<Self, NumberError>;

    /// Converts a number with a fraction or exponent.
    fn from_float(value: f64) -> Result<Self, NumberError>;

    /// Converts a string, for types that are sometimes represented by one.
    fn from_string(_: &str) -> Option<Self> {
        None
    }
}

/// Why a type cannot represent a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberError {
    OutOfRange,
    Fraction,
    /// A float that may have been rounded.
    Inexact,
}

impl NumberError {
    fn mismatch<T: FromNumber, E: Error>(self) -> E {
        let found = match self {
            Self::OutOfRange => T::OUT_OF_RANGE,
            Self::Fraction => "a number with a fraction",
            Self::Inexact => "a float that is too large to be exact",
        };
        mismatch(T::EXPECTED, found)
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
        T::from_integer(value.into()).map_err(NumberError::mismatch::<T, E>)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        T::from_integer(value.into()).map_err(NumberError::mismatch::<T, E>)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        T::from_float(value).map_err(NumberError::mismatch::<T, E>)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        T::from_string(value).ok_or_else(|| mismatch(T::EXPECTED, T::WRONG_STRING))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<T, M::Error> {
        if map.next_key::<String>()?.as_deref() != Some(NUMBER_KEY) {
            return Err(M::Error::invalid_type(Unexpected::Map, &self));
        }
        let digits: String = map.next_value()?;
        parse_digits(&digits).map_err(NumberError::mismatch::<T, M::Error>)
    }
}

/// Parses a number in decimal notation, with or without a fraction or an exponent.
pub(crate) fn parse_digits<T: FromNumber>(digits: &str) -> Result<T, NumberError> {
    if let Ok(integer) = digits.parse() {
        return T::from_integer(integer);
    }
    // The parser returns infinity for a number that is too large for a float. Without the feature,
    // `serde_json` rejects such numbers.
    match digits.parse::<f64>() {
        Ok(value) if value.is_finite() => T::from_float(value),
        _ => Err(NumberError::OutOfRange),
    }
}
