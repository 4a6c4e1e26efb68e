//! Open string enums, which preserve unknown values.
//!
//! The macro implements what all of them share.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserializer, Visitor};

/// A string that is not a value of the enum in the model.
///
/// It is created only by converting a string to an enum, which maps known values to their variants.
/// Equal enums therefore always have the same wire form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unrecognized(Box<str>);

impl Unrecognized {
    /// Returns the string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Creates the value, for [`string_enum!`]. `value` must not be a known value.
    #[doc(hidden)]
    #[must_use]
    pub fn from_wire(value: &str) -> Self {
        Self(value.into())
    }
}

impl AsRef<str> for Unrecognized {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Unrecognized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Deserializes an enum from a string.
///
/// # Errors
/// Returns an error if the value is not a string.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(EnumVisitor(PhantomData))
}

struct EnumVisitor<T>(PhantomData<T>);

impl<T: for<'a> From<&'a str>> Visitor<'_> for EnumVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, value: &str) -> Result<T, E> {
        Ok(T::from(value))
    }
}

/// Implements the conversions and serde traits of a string enum: `as_str`, `VALUES`, `From<&str>`,
/// `From<String>`, `FromStr`, the conversion to `String`, `AsRef<str>`, `PartialEq<str>`,
/// `PartialEq<&str>`, `Display`, `Serialize` and `Deserialize`. `Display` and `FromStr` are
/// inverses of each other.
///
/// ```
/// #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// pub enum TagStatus {
///     Tagged,
///     Untagged,
///     Unrecognized(longshore_runtime::Unrecognized),
/// }
/// longshore_runtime::string_enum!(TagStatus, Unrecognized, {
///     "TAGGED" => Tagged,
///     "UNTAGGED" => Untagged,
/// });
///
/// assert_eq!(TagStatus::from("TAGGED"), TagStatus::Tagged);
/// assert_eq!(TagStatus::from("LATER").as_str(), "LATER");
/// assert_eq!(TagStatus::Untagged, "UNTAGGED");
/// assert_eq!("LATER".parse(), Ok(TagStatus::from("LATER")));
/// assert_eq!(TagStatus::VALUES, ["TAGGED", "UNTAGGED"]);
/// ```
#[macro_export]
macro_rules! string_enum {
    ($name:ident, $unrecognized:ident, { $($value:literal => $variant:ident),* $(,)? }) => {
        impl $crate::private::SingleValue for $name {}

        impl $name {
            /// The values in the model.
            pub const VALUES: &'static [&'static ::core::primitive::str] = &[$($value),*];

            /// Returns the value on the wire.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &::core::primitive::str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$unrecognized(value) => value.as_str(),
                }
            }
        }

        impl ::core::convert::From<&::core::primitive::str> for $name {
            #[inline]
            fn from(value: &::core::primitive::str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::$unrecognized($crate::Unrecognized::from_wire(value)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::convert::From<$name> for ::std::string::String {
            #[inline]
            fn from(value: $name) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(value: &::core::primitive::str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }

        impl ::core::convert::AsRef<::core::primitive::str> for $name {
            #[inline]
            fn as_ref(&self) -> &::core::primitive::str {
                self.as_str()
            }
        }

        impl ::core::cmp::PartialEq<::core::primitive::str> for $name {
            #[inline]
            fn eq(&self, other: &::core::primitive::str) -> ::core::primitive::bool {
                self.as_str() == other
            }
        }

        impl ::core::cmp::PartialEq<&::core::primitive::str> for $name {
            #[inline]
            fn eq(&self, other: &&::core::primitive::str) -> ::core::primitive::bool {
                self.as_str() == *other
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::private::Absent for $name {
            #[inline]
            fn absent() -> Self {
                Self::from("")
            }
        }

        impl $crate::private::Check for $name {
            #[inline]
            fn text(&self) -> &::core::primitive::str {
                self.as_str()
            }

            #[inline]
            fn values(&self) -> &'static [&'static ::core::primitive::str] {
                Self::VALUES
            }
        }

        $crate::impl_serde!(
            $name,
            |value, serializer| serializer.serialize_str(value.as_str()),
            deserialize_enum
        );
    };
}
