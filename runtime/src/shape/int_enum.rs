//! Open integer enums, which preserve unknown values.
//!
//! The macro implements what all of them share.

use std::fmt;

use serde_core::de::Deserializer;

use crate::shape::number;

/// An integer that is not a value of the enum in the model.
///
/// It is created only by converting an integer to an enum, which maps known values to their
/// variants. Equal enums therefore always have the same wire form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnrecognizedInt(i32);

impl UnrecognizedInt {
    /// Returns the integer.
    #[must_use]
    pub const fn as_i32(self) -> i32 {
        self.0
    }

    /// Creates the value, for [`int_enum!`](crate::int_enum!). `value` must not be a known value.
    #[doc(hidden)]
    #[must_use]
    pub const fn from_wire(value: i32) -> Self {
        Self(value)
    }
}

impl From<UnrecognizedInt> for i32 {
    fn from(value: UnrecognizedInt) -> Self {
        value.0
    }
}

impl fmt::Display for UnrecognizedInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// Deserializes an enum from an integer. A fraction or exponent is accepted if the value is
/// integral.
///
/// # Errors
/// Returns an error if the value is not an integer in the range of `i32`.
pub fn deserialize<'de, T: From<i32>, D: Deserializer<'de>>(d: D) -> Result<T, D::Error> {
    number::deserialize(d).map(<T as From<i32>>::from)
}

/// Implements the conversions and serde traits of an integer enum: `as_i32`, `VALUES`, `From<i32>`,
/// the conversion to `i32`, `PartialEq<i32>`, `Display`, `FromStr`, `Serialize` and `Deserialize`.
/// `Display` and `FromStr` use the digits and are inverses of each other.
///
/// ```
/// #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// pub enum Level {
///     Low,
///     High,
///     Unrecognized(longshore_runtime::UnrecognizedInt),
/// }
/// longshore_runtime::int_enum!(Level, Unrecognized, { 1 => Low, 2 => High });
///
/// assert_eq!(Level::from(2), Level::High);
/// assert_eq!(Level::from(7).as_i32(), 7);
/// assert_eq!(Level::Low, 1);
/// assert_eq!("7".parse::<Level>()?.to_string(), "7");
/// assert_eq!(Level::VALUES, [1, 2]);
/// # Ok::<(), std::num::ParseIntError>(())
/// ```
#[macro_export]
macro_rules! int_enum {
    ($name:ident, $unrecognized:ident, { $($value:literal => $variant:ident),* $(,)? }) => {
        impl $crate::private::SingleValue for $name {}

        impl $name {
            /// The values in the model.
            pub const VALUES: &'static [::core::primitive::i32] = &[$($value),*];

            /// Returns the value on the wire.
            #[must_use]
            #[inline]
            pub const fn as_i32(&self) -> ::core::primitive::i32 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$unrecognized(value) => value.as_i32(),
                }
            }
        }

        impl ::core::convert::From<::core::primitive::i32> for $name {
            #[inline]
            fn from(value: ::core::primitive::i32) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::$unrecognized($crate::UnrecognizedInt::from_wire(value)),
                }
            }
        }

        impl ::core::convert::From<$name> for ::core::primitive::i32 {
            #[inline]
            fn from(value: $name) -> Self {
                value.as_i32()
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::num::ParseIntError;

            #[inline]
            fn from_str(digits: &::core::primitive::str) -> ::core::result::Result<Self, ::core::num::ParseIntError> {
                let value: ::core::primitive::i32 = ::core::str::FromStr::from_str(digits)?;
                ::core::result::Result::Ok(Self::from(value))
            }
        }

        impl ::core::cmp::PartialEq<::core::primitive::i32> for $name {
            #[inline]
            fn eq(&self, other: &::core::primitive::i32) -> ::core::primitive::bool {
                self.as_i32() == *other
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i32(), f)
            }
        }

        impl $crate::private::Absent for $name {
            #[inline]
            fn absent() -> Self {
                Self::from(0)
            }
        }

        impl $crate::private::Check for $name {
            #[inline]
            fn check(&self, rules: &$crate::private::Rules, checks: &mut $crate::Checks<'_>) {
                $crate::private::Check::check(&self.as_i32(), rules, checks);
                $crate::Checks::int_enum_value(checks, Self::VALUES, self.as_i32());
            }

            #[inline]
            fn fingerprint(&self) -> ::core::primitive::u64 {
                $crate::private::Check::fingerprint(&self.as_i32())
            }
        }

        $crate::impl_serde!(
            $name,
            |value, serializer| serializer.serialize_i32(value.as_i32()),
            deserialize_int_enum
        );
    };
}
