//! Reading a number in whatever shape a deserializer hands it over.
//!
//! Services write whole numbers as floats and floats as whole numbers, and `serde_json` built with
//! its feature `arbitrary_precision`, which any crate of a program can switch on for all of them,
//! hands over a map with the digits as text. What a number means is its type's business.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};

/// The only key of the map that is a number.
pub(crate) const DIGITS: &str = "$serde_json::private::Number";

/// What can be made of a number.
pub(crate) trait Number: Sized {
    /// What is expected, for messages.
    const EXPECTED: &'static str;

    /// Of a whole number; `None` where it is out of range.
    fn from_whole(value: i128) -> Option<Self>;

    /// Of a number with a point or an exponent; `None` where it is out of range.
    fn from_float(value: f64) -> Option<Self>;

    /// Of a string, where some strings stand for numbers.
    fn from_text(_: &str) -> Option<Self> {
        None
    }
}

/// Reads a number. The format must describe itself, as JSON does.
pub(crate) fn deserialize<'de, T: Number, D: Deserializer<'de>>(d: D) -> Result<T, D::Error> {
    d.deserialize_any(NumberVisitor(PhantomData))
}

struct NumberVisitor<T>(PhantomData<T>);

impl<'de, T: Number> Visitor<'de> for NumberVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::from_whole(value.into())
            .ok_or_else(|| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        T::from_whole(value.into())
            .ok_or_else(|| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        T::from_float(value).ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        T::from_text(value).ok_or_else(|| E::invalid_type(Unexpected::Str(value), &self))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<T, M::Error> {
        if map.next_key::<String>()?.as_deref() != Some(DIGITS) {
            return Err(M::Error::invalid_type(Unexpected::Map, &self));
        }
        let digits: String = map.next_value()?;
        from_digits(&digits)
            .ok_or_else(|| M::Error::invalid_value(Unexpected::Other("a number"), &self))
    }
}

fn from_digits<T: Number>(digits: &str) -> Option<T> {
    if let Ok(whole) = digits.parse() {
        return T::from_whole(whole);
    }
    // A number too large for a float is infinite to the parser, and refused without the feature.
    digits.parse().ok().filter(|value: &f64| value.is_finite()).and_then(T::from_float)
}
