//! The macro `constructors!`, which implements the constructors of a union from a table.

/// Implements the constructors of a union: functions that convert a value to the type of a variant
/// and return the variant.
///
/// A row has a function, the variant that it creates, and the argument with the type of the value
/// without its `Box`. The arguments are those of [`setters!`](crate::setters!): `into`, `exact`,
/// `list`, `exact_list`, `map`, `exact_map` and `boxed`. A row may be preceded by attributes, such
/// as `#[deprecated]`.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// enum Target {
///     Name(String),
///     Ratio(f64),
///     Names(Vec<String>),
///     Nested(Box<Target>),
/// }
///
/// longshore_runtime::constructors!(Target, {
///     name => Name into(String),
///     ratio => Ratio exact(f64),
///     names => Names list(String),
///     nested => Nested boxed(Target),
/// });
///
/// assert_eq!(Target::name("a"), Target::Name("a".to_owned()));
/// assert_eq!(Target::names(["a"]), Target::Names(vec!["a".to_owned()]));
/// assert_eq!(Target::nested(Target::ratio(0.5)), Target::Nested(Box::new(Target::Ratio(0.5))));
/// ```
#[macro_export]
macro_rules! constructors {
    ($name:ident, {
        $($(#[$about:meta])* $constructor:ident => $variant:ident $argument:ident($($ty:ty),+)),*
        $(,)?
    }) => {
        impl $name {
            $($crate::constructor! {
                $argument($($ty),+) $constructor
                #[doc = ::core::concat!(
                    "Creates the variant [`", ::core::stringify!($variant), "`](Self::",
                    ::core::stringify!($variant), ")."
                )]
                #[must_use]
                $(#[$about])*
                $variant
            })*
        }
    };
}

/// Expands one row of [`constructors!`], depending on its argument.
#[doc(hidden)]
#[macro_export]
macro_rules! constructor {
    (into($ty:ty) $constructor:ident $(#[$about:meta])* $variant:ident) => {
        $(#[$about])*
        pub fn $constructor(value: impl ::core::convert::Into<$ty>) -> Self {
            Self::$variant(::core::convert::Into::into(value))
        }
    };
    (exact($ty:ty) $constructor:ident $(#[$about:meta])* $variant:ident) => {
        $(#[$about])*
        #[inline]
        pub fn $constructor(value: $ty) -> Self {
            Self::$variant(value)
        }
    };
    (boxed($ty:ty) $constructor:ident $(#[$about:meta])* $variant:ident) => {
        $(#[$about])*
        pub fn $constructor(value: impl ::core::convert::Into<$ty>) -> Self {
            Self::$variant(::std::boxed::Box::new(::core::convert::Into::into(value)))
        }
    };
    (list($ty:ty) $constructor:ident $(#[$about:meta])* $variant:ident) => {
        $(#[$about])*
        pub fn $constructor(
            value: impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$ty>>,
        ) -> Self {
            Self::$variant($crate::private::list(value))
        }
    };
    (exact_list($ty:ty) $constructor:ident $(#[$about:meta])* $variant:ident) => {
        $(#[$about])*
        pub fn $constructor(value: impl ::core::iter::IntoIterator<Item = $ty>) -> Self {
            Self::$variant($crate::private::list(value))
        }
    };
    (map($key:ty, $ty:ty) $constructor:ident $(#[$about:meta])* $variant:ident) => {
        $(#[$about])*
        pub fn $constructor(
            value: impl ::core::iter::IntoIterator<
                Item = (impl ::core::convert::Into<$key>, impl ::core::convert::Into<$ty>),
            >,
        ) -> Self {
            Self::$variant($crate::private::map(value))
        }
    };
    (exact_map($key:ty, $ty:ty) $constructor:ident $(#[$about:meta])* $variant:ident) => {
        $(#[$about])*
        pub fn $constructor(
            value: impl ::core::iter::IntoIterator<
                Item = (impl ::core::convert::Into<$key>, $ty),
            >,
        ) -> Self {
            Self::$variant($crate::private::map(value))
        }
    };
}
