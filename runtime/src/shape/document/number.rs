//! A number of a document, as it came: a whole one stays exact, whatever its sign.

use std::hash::{Hash, Hasher};

/// A number: whole, from `i64::MIN` to `u64::MAX`, or an `f64` that is neither `NaN` nor infinite.
///
/// As in `serde_json`, 1 and 1.0 are two numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(Kind);

/// Each whole number has one kind only, so that equal numbers are equal here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Unsigned(u64),
    /// Less than zero.
    Negative(i64),
    /// Finite.
    Float(f64),
}

impl Number {
    /// A number; `None` for `NaN` and the infinities.
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self(Kind::Float(value)))
    }

    /// The number as an `i64`, if it is whole and in its range.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Kind::Unsigned(value) => value.try_into().ok(),
            Kind::Negative(value) => Some(value),
            Kind::Float(_) => None,
        }
    }

    /// The number as a `u64`, if it is whole and in its range.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match self.0 {
            Kind::Unsigned(value) => Some(value),
            Kind::Negative(_) | Kind::Float(_) => None,
        }
    }

    /// The number as an `f64`, or the nearest one that an `f64` can hold.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        match self.0 {
            Kind::Unsigned(value) => value as f64,
            Kind::Negative(value) => value as f64,
            Kind::Float(value) => value,
        }
    }

    pub(super) fn kind(self) -> Kind {
        self.0
    }

    /// Of a number as JSON writes it; `None` for what an `f64` cannot hold.
    pub(super) fn from_digits(digits: &str) -> Option<Self> {
        if let Ok(whole) = digits.parse::<u64>() {
            return Some(whole.into());
        }
        // The zero below zero is a float.
        if let Ok(whole @ ..0) = digits.parse::<i64>() {
            return Some(whole.into());
        }
        digits.parse().ok().and_then(Self::from_f64)
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(Kind::Unsigned(value))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(u64::try_from(value).map_or(Kind::Negative(value), Kind::Unsigned))
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        i64::from(value).into()
    }
}

/// No float here is `NaN`.
impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.0 {
            Kind::Unsigned(value) => value.hash(state),
            Kind::Negative(value) => value.hash(state),
            // The sum is the same for both zeros, which are equal.
            Kind::Float(value) => (value + 0.0).to_bits().hash(state),
        }
    }
}
