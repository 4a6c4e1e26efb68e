//! The numbers of documents. Integers are exact.

use std::hash::{Hash, Hasher};

/// A number: an integer from `i64::MIN` to `u64::MAX`, or a finite `f64`.
///
/// As in `serde_json`, 1 and 1.0 are different numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(Repr);

/// Every integer has exactly one representation, so derived equality is correct.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Repr {
    Unsigned(u64),
    /// A negative integer.
    Negative(i64),
    /// A finite number.
    Float(f64),
}

impl Number {
    /// Creates a number from an `f64`. Returns `None` for `NaN` and infinities.
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self(Repr::Float(value)))
    }

    /// Returns the number as an `i64`, if it is an integer in its range.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Unsigned(value) => value.try_into().ok(),
            Repr::Negative(value) => Some(value),
            Repr::Float(_) => None,
        }
    }

    /// Returns the number as a `u64`, if it is an integer in its range.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match self.0 {
            Repr::Unsigned(value) => Some(value),
            Repr::Negative(_) | Repr::Float(_) => None,
        }
    }

    /// Returns the number as an `f64`, rounded to the nearest one.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        match self.0 {
            Repr::Unsigned(value) => value as f64,
            Repr::Negative(value) => value as f64,
            Repr::Float(value) => value,
        }
    }

    pub(super) fn repr(self) -> Repr {
        self.0
    }

    /// Parses a JSON number. Returns `None` if it is too large for an `f64`.
    pub(super) fn parse(digits: &str) -> Option<Self> {
        if let Ok(integer) = digits.parse::<u64>() {
            return Some(integer.into());
        }
        // `-0` is a float, because an integer has no negative zero.
        if let Ok(integer @ ..0) = digits.parse::<i64>() {
            return Some(integer.into());
        }
        digits.parse().ok().and_then(Self::from_f64)
    }
}

macro_rules! from_unsigned {
    ($($integer:ty),*) => {
        $(impl From<$integer> for Number {
            fn from(value: $integer) -> Self {
                // Lossless: even `usize` has at most 64 bits.
                Self(Repr::Unsigned(value as u64))
            }
        })*
    };
}

macro_rules! from_signed {
    ($($integer:ty),*) => {
        $(impl From<$integer> for Number {
            fn from(value: $integer) -> Self {
                // Lossless: even `isize` has at most 64 bits.
                let value = value as i64;
                Self(u64::try_from(value).map_or(Repr::Negative(value), Repr::Unsigned))
            }
        })*
    };
}

from_unsigned!(u8, u16, u32, u64, usize);
from_signed!(i8, i16, i32, i64, isize);

/// A float is never `NaN`, so equality is reflexive.
impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.0 {
            Repr::Unsigned(value) => value.hash(state),
            Repr::Negative(value) => value.hash(state),
            // Adding 0.0 maps -0.0 to 0.0, which are equal.
            Repr::Float(value) => (value + 0.0).to_bits().hash(state),
        }
    }
}
