//! Defines the constraints of values beyond their types.

use std::fmt;

/// The constraints of a value; those of a member take precedence over those of its target.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// Characters of a string, bytes of a blob, elements of a list, entries of a map.
    pub length: Option<Bounds>,
    /// The minimum and maximum number.
    pub range: Option<Bounds>,
    /// The regular expression a string must match somewhere, as written in the model.
    pub pattern: Option<String>,
    /// Whether the value is a string and the runtime can check the pattern.
    pub is_pattern_checked: bool,
    /// Whether the value is an enum.
    pub is_enum: bool,
    /// Whether the elements of a list must be unique.
    pub unique: bool,
    /// The media type of a string or blob.
    pub media_type: Option<String>,
    /// Whether the value is a structure or union with constraints at any depth.
    pub nested: bool,
    /// The constraints of each element of a list or value of a map.
    pub each: Option<Box<Constraints>>,
    /// The constraints of each key of a map.
    pub key: Option<Box<Constraints>>,
}

impl Constraints {
    /// Returns true if the value itself, regardless of its content, can be checked before it is
    /// sent.
    pub fn is_checked_itself(&self) -> bool {
        // A length is never negative.
        let length =
            |length: &Bounds| length.min_length().is_some() || length.max_length().is_some();
        self.length.as_ref().is_some_and(length)
            || self.range.is_some()
            || self.unique
            || self.is_pattern_checked
            || self.is_enum
    }

    /// Returns true if the value or anything in it can be checked before it is sent.
    pub fn is_checked(&self) -> bool {
        let inner = |inner: &Option<Box<Self>>| inner.as_ref().is_some_and(|c| c.is_checked());
        self.is_checked_itself() || self.nested || inner(&self.each) || inner(&self.key)
    }
}

/// A lower and an upper bound, both inclusive.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The minimum.
    pub min: Option<Number>,
    /// The maximum.
    pub max: Option<Number>,
}

impl Bounds {
    /// The minimum length, unless it is zero.
    pub fn min_length(&self) -> Option<u64> {
        self.min.and_then(Number::to_length).filter(|min| *min > 0)
    }

    /// The maximum length.
    pub fn max_length(&self) -> Option<u64> {
        self.max.and_then(Number::to_length)
    }
}

/// A number as the model writes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number.
    Whole(i128),
    /// A number with a fraction.
    Fraction(f64),
}

impl Number {
    fn to_length(self) -> Option<u64> {
        match self {
            Self::Whole(number) => u64::try_from(number).ok(),
            Self::Fraction(_) => None,
        }
    }

    /// Returns the least integer that is not less than this number.
    pub fn ceil(self) -> i128 {
        match self {
            Self::Whole(number) => number,
            Self::Fraction(number) => number.ceil() as i128,
        }
    }

    /// Returns the greatest integer that is not greater than this number.
    pub fn floor(self) -> i128 {
        match self {
            Self::Whole(number) => number,
            Self::Fraction(number) => number.floor() as i128,
        }
    }

    /// The number as a float.
    pub fn to_f64(self) -> f64 {
        match self {
            Self::Whole(number) => number as f64,
            Self::Fraction(number) => number,
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(number) => write!(f, "{number}"),
            Self::Fraction(number) => write!(f, "{number:?}"),
        }
    }
}
