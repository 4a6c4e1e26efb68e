//! What a model demands of a value beyond its type, as constants that [`structure!`] makes.
//!
//! Rules are data and not code, so that a structure's check is compiled to a call a member. They
//! do not know how a value is looked at; `check` does.
//!
//! [`structure!`]: crate::structure!

use std::fmt::{self, Debug};

/// A least and a greatest value, both of them allowed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds<T> {
    min: Option<T>,
    max: Option<T>,
}

impl<T: Copy> Bounds<T> {
    /// No bounds.
    pub const NONE: Self = Self { min: None, max: None };

    /// Bounds, where there are any.
    #[must_use]
    pub const fn new(min: Option<T>, max: Option<T>) -> Self {
        Self { min, max }
    }
}

impl<T: PartialOrd + Copy> Bounds<T> {
    /// Whether `value` is within. What cannot be compared, as `NaN`, is not.
    pub(crate) fn allow(&self, value: T) -> bool {
        self.min.is_none_or(|min| min <= value) && self.max.is_none_or(|max| value <= max)
    }

    /// The same bounds of another type.
    pub(crate) fn map<U>(&self, convert: impl Fn(T) -> U) -> Bounds<U> {
        Bounds { min: self.min.map(&convert), max: self.max.map(&convert) }
    }

    /// Whether what is counted is one only.
    pub(crate) fn is_single(&self, one: T) -> bool {
        self.max.or(self.min).is_some_and(|count| count == one)
    }
}

/// The bounds in words: `1 to 100`.
impl<T: Debug + PartialEq> fmt::Display for Bounds<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.min, &self.max) {
            (Some(min), Some(max)) if min == max => write!(f, "exactly {min:?}"),
            (Some(min), Some(max)) => write!(f, "{min:?} to {max:?}"),
            (Some(min), None) => write!(f, "at least {min:?}"),
            (None, Some(max)) => write!(f, "at most {max:?}"),
            (None, None) => f.write_str("anything"),
        }
    }
}

/// The rules for a value, and for what is in it.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    pub(crate) length: Bounds<u64>,
    pub(crate) range: Bounds<i128>,
    pub(crate) float_range: Bounds<f64>,
    pub(crate) unique: bool,
    pub(crate) secret: bool,
    /// Of the elements of a list or the values of a map.
    pub(crate) each: Option<&'static Self>,
    /// Of the keys of a map.
    pub(crate) key: Option<&'static Self>,
}

impl Rules {
    /// No rule at all.
    pub const NONE: Self = Self {
        length: Bounds::NONE,
        range: Bounds::NONE,
        float_range: Bounds::NONE,
        unique: false,
        secret: false,
        each: None,
        key: None,
    };

    /// With bounds for characters, bytes, elements or entries.
    #[must_use]
    pub const fn length(mut self, length: Bounds<u64>) -> Self {
        self.length = length;
        self
    }

    /// With bounds for a whole number.
    #[must_use]
    pub const fn range(mut self, range: Bounds<i128>) -> Self {
        self.range = range;
        self
    }

    /// With bounds for a number with a fraction.
    #[must_use]
    pub const fn float_range(mut self, range: Bounds<f64>) -> Self {
        self.float_range = range;
        self
    }

    /// Of a list with no element twice.
    #[must_use]
    pub const fn unique(mut self, _: ()) -> Self {
        self.unique = true;
        self
    }

    /// Of a value of which nothing is to be said.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// With rules for each element of a list or value of a map.
    #[must_use]
    pub const fn each(mut self, rules: &'static Self) -> Self {
        self.each = Some(rules);
        self
    }

    /// With rules for each key of a map.
    #[must_use]
    pub const fn key(mut self, rules: &'static Self) -> Self {
        self.key = Some(rules);
        self
    }
}

/// The rules of a row of a [`structure!`](crate::structure!): `length(1..=100), each(length(1..))`.
#[doc(hidden)]
#[macro_export]
macro_rules! rules {
    ($($rule:ident $(($($argument:tt)*))?),*) => {
        $crate::private::Rules::NONE$(.$rule($crate::rule!($rule $($($argument)*)?)))*
    };
}

/// The argument of one of the [`rules!`].
#[doc(hidden)]
#[macro_export]
macro_rules! rule {
    (each $($rules:tt)*) => {
        const { &$crate::rules!($($rules)*) }
    };
    (key $($rules:tt)*) => {
        const { &$crate::rules!($($rules)*) }
    };
    ($rule:ident) => {
        ()
    };
    ($rule:ident $min:literal ..= $max:literal) => {
        $crate::private::Bounds::new(
            ::core::option::Option::Some($min),
            ::core::option::Option::Some($max),
        )
    };
    ($rule:ident $min:literal ..) => {
        $crate::private::Bounds::new(::core::option::Option::Some($min), ::core::option::Option::None)
    };
    ($rule:ident ..= $max:literal) => {
        $crate::private::Bounds::new(::core::option::Option::None, ::core::option::Option::Some($max))
    };
}
