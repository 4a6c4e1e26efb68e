//! The constraints of a value beyond its type, as constants that [`structure!`] creates.
//!
//! Rules are data, not code, so that the check of a structure compiles to one call per member.
//! `check` applies them.
//!
//! [`structure!`]: crate::structure!

use std::fmt::{self, Debug};

/// An inclusive range. Either bound can be absent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds<T> {
    min: Option<T>,
    max: Option<T>,
}

impl<T: Copy> Bounds<T> {
    /// A range without bounds.
    pub const NONE: Self = Self { min: None, max: None };

    /// Creates a range.
    #[must_use]
    pub const fn new(min: Option<T>, max: Option<T>) -> Self {
        Self { min, max }
    }
}

impl<T: PartialOrd + Copy> Bounds<T> {
    /// Returns true if `value` is within the range. `NaN` is not.
    pub(crate) fn allow(&self, value: T) -> bool {
        self.min.is_none_or(|min| min <= value) && self.max.is_none_or(|max| value <= max)
    }

    /// Converts the bounds to another type.
    pub(crate) fn map<U>(&self, convert: impl Fn(T) -> U) -> Bounds<U> {
        Bounds { min: self.min.map(&convert), max: self.max.map(&convert) }
    }

    /// Returns true if the unit of the range is singular, because the bound before it is `one`.
    pub(crate) fn is_single(&self, one: T) -> bool {
        self.max.or(self.min).is_some_and(|count| count == one)
    }
}

/// Describes the range, for example `1 to 100`.
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

/// The rules of a value and of its elements.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    pub(crate) length: Bounds<u64>,
    pub(crate) range: Bounds<i128>,
    pub(crate) float_range: Bounds<f64>,
    /// The regular expression that a string must match somewhere.
    #[cfg(feature = "patterns")]
    pub(crate) pattern: Option<&'static str>,
    pub(crate) unique: bool,
    pub(crate) secret: bool,
    /// The rules of list elements or map values.
    pub(crate) each: Option<&'static Self>,
    /// The rules of map keys.
    pub(crate) key: Option<&'static Self>,
}

impl Rules {
    /// No rules.
    pub const NONE: Self = Self {
        length: Bounds::NONE,
        range: Bounds::NONE,
        float_range: Bounds::NONE,
        #[cfg(feature = "patterns")]
        pattern: None,
        unique: false,
        secret: false,
        each: None,
        key: None,
    };

    /// Sets the bounds of the number of characters, bytes, elements or entries.
    #[must_use]
    pub const fn length(mut self, length: Bounds<u64>) -> Self {
        self.length = length;
        self
    }

    /// Sets the bounds of an integer.
    #[must_use]
    pub const fn range(mut self, range: Bounds<i128>) -> Self {
        self.range = range;
        self
    }

    /// Sets the bounds of a floating-point number.
    #[must_use]
    pub const fn float_range(mut self, range: Bounds<f64>) -> Self {
        self.float_range = range;
        self
    }

    /// Sets the regular expression that a string must match somewhere.
    #[cfg(feature = "patterns")]
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// Ignores the pattern, which is checked only with the feature `patterns`. The program does not
    /// contain it.
    #[cfg(not(feature = "patterns"))]
    #[must_use]
    pub const fn pattern(self, _: &'static str) -> Self {
        self
    }

    /// Requires the elements of a list to be unique.
    #[must_use]
    pub const fn unique(mut self, _: ()) -> Self {
        self.unique = true;
        self
    }

    /// Marks the value as secret, so that errors do not show it.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// Sets the rules of list elements or map values.
    #[must_use]
    pub const fn each(mut self, rules: &'static Self) -> Self {
        self.each = Some(rules);
        self
    }

    /// Sets the rules of map keys.
    #[must_use]
    pub const fn key(mut self, rules: &'static Self) -> Self {
        self.key = Some(rules);
        self
    }
}

/// Creates the rules of one row of a [`structure!`](crate::structure!) table, for example
/// `length(1..=100), each(length(1..))`.
#[doc(hidden)]
#[macro_export]
macro_rules! rules {
    ($($rule:ident $(($($argument:tt)*))?),*) => {
        $crate::private::Rules::NONE$(.$rule($crate::rule!($rule $($($argument)*)?)))*
    };
}

/// Creates the argument of one rule in [`rules!`].
#[doc(hidden)]
#[macro_export]
macro_rules! rule {
    (each $($rules:tt)*) => {
        const { &$crate::rules!($($rules)*) }
    };
    (key $($rules:tt)*) => {
        const { &$crate::rules!($($rules)*) }
    };
    (pattern $pattern:literal) => {
        $pattern
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
