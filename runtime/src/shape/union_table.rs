//! The `union!` macro, which implements a union from a table with one row per variant. Rows have
//! the syntax of [`structure!`](crate::structure!) as far as it applies to unions.

/// Implements [`Union`](crate::Union) for an enum from a table of its members.
///
/// A row has a wire name and a variant, optionally followed by `xml` with the description of its
/// XML, by `as` with the [codec](crate::codec) of a member whose wire form differs from its serde
/// form, and by `where` with constraints, as in [`structure!`](crate::structure!). A variant
/// followed by `()` has no content; on the wire it is `{}`. The name before the table is the
/// variant for members that are not in the model.
///
/// ```
/// use longshore_runtime::{Structure, UnrecognizedMember, codec, validate};
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub enum Target {
///     Name(String),
///     Ratio(f64),
///     Everything,
///     Unrecognized(UnrecognizedMember),
/// }
///
/// longshore_runtime::union!(Target, Unrecognized, {
///     "name" => Name where (length(1..=300)),
///     "ratio" => Ratio as codec::Float,
///     "everything" => Everything(),
/// });
///
/// let target: Target = serde_json::from_str(r#"{"__type": "a#Target", "name": null, "ratio": 1}"#)?;
/// assert_eq!(target, Target::Ratio(1.0));
/// assert_eq!(serde_json::to_string(&Target::Everything)?, r#"{"everything":{}}"#);
///
/// let later: Target = serde_json::from_str(r#"{"later": [1]}"#)?;
/// assert_eq!(serde_json::to_string(&later)?, r#"{"later":[1]}"#);
/// assert!(validate(&Target::Name(String::new())).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident, $unrecognized:ident, {
        $($key:literal => $variant:ident $(($($unit:tt)*))? $(xml $description:literal)? $(as $codec:ty)?),* $(,)?
    } $({ $($check:tt)* })?) => {
        impl $crate::Structure for $name {
            const SHAPE: &'static ::core::primitive::str = ::core::stringify!($name);

            #[inline]
            fn empty() -> Self {
                Self::$unrecognized($crate::UnrecognizedMember::absent())
            }

            fn write<M: $crate::SerializeMap>(
                &self,
                map: &mut M,
            ) -> ::core::result::Result<(), M::Error> {
                match self {
                    $($crate::variant!(pattern $variant value $(($($unit)*))?) => {
                        $crate::variant!(write (map, $key, value) $(($($unit)*))? $(xml $description)? $(as $codec)?)
                    })*
                    Self::$unrecognized(member) => $crate::UnrecognizedMember::write(member, map),
                }
            }

            fn read<'de, M: $crate::MapAccess<'de>>(
                &mut self,
                key: &::core::primitive::str,
                map: &mut M,
            ) -> ::core::result::Result<::core::primitive::bool, M::Error> {
                match key {
                    $($key => $crate::variant!(
                        read (map, self, Self::$variant) $(($($unit)*))? $(xml $description)? $(as $codec)?
                    ),)*
                    _ => $crate::private::choose(
                        self,
                        $crate::UnrecognizedMember::take(key, map),
                        Self::$unrecognized,
                    ),
                }
            }

            $($($check)*)?
        }

        impl $crate::Union for $name {
            #[inline]
            fn is_empty(&self) -> ::core::primitive::bool {
                match self {
                    Self::$unrecognized(member) => {
                        ::core::primitive::str::is_empty($crate::UnrecognizedMember::name(member))
                    }
                    #[allow(unreachable_patterns)]
                    _ => false,
                }
            }
        }

        $crate::impl_serde!(
            $name,
            |value, serializer| $crate::private::serialize_union(value, serializer),
            deserialize_union
        );
    };
    // With constraints.
    ($name:ident, $unrecognized:ident, {
        $($key:literal => $variant:ident $(($($unit:tt)*))? $(xml $description:literal)?
            $(as $codec:ty)? $(where $($secret:ident)? ($($rules:tt)*))?),* $(,)?
    }) => {
        $crate::union!($name, $unrecognized, {
            $($key => $variant $(($($unit)*))? $(xml $description)? $(as $codec)?),*
        } {
            const SECRET: &'static [&'static ::core::primitive::str] =
                &[$($($($crate::member!(named $secret $key),)?)?)*];

            // Inlined so that it is compiled only in crates that validate requests.
            #[inline]
            fn check(&self, checks: &mut $crate::Checks<'_>) {
                match self {
                    $($(Self::$variant(value) => $crate::Checks::member(
                        checks,
                        $key,
                        value,
                        const { &$crate::rules!($($rules)*)$(.$secret())? },
                    ),)?)*
                    #[allow(unreachable_patterns)]
                    _ => {}
                }
            }
        });
    };
}

/// Expands one variant of a [`union!`], depending on whether it has content and a codec.
#[doc(hidden)]
#[macro_export]
macro_rules! variant {
    (pattern $variant:ident $value:ident) => {
        Self::$variant($value)
    };
    (pattern $variant:ident $value:ident ()) => {
        Self::$variant {}
    };

    (write ($map:ident, $key:literal, $value:ident)) => {
        $crate::WriteMembers::put($map, $key, $value)
    };
    (write ($map:ident, $key:literal, $value:ident) as $codec:ty) => {
        $crate::WriteMembers::put_as::<$codec, _>($map, $key, $value)
    };
    (write ($map:ident, $key:literal, $value:ident) xml $description:literal as $codec:ty) => {
        $crate::private::put_described::<$codec, _, _>($map, $key, $value, $description)
    };
    (write ($map:ident, $key:literal, $value:ident) ()) => {
        $crate::WriteMembers::put($map, $key, &$crate::private::Unit)
    };

    (read ($map:ident, $union:expr, $variant:path)) => {
        $crate::private::choose($union, $crate::ReadMembers::take($map), $variant)
    };
    (read ($map:ident, $union:expr, $variant:path) as $codec:ty) => {
        $crate::private::choose($union, $crate::ReadMembers::take_as::<$codec, _>($map), $variant)
    };
    (read ($map:ident, $union:expr, $variant:path) xml $description:literal as $codec:ty) => {
        $crate::private::choose(
            $union,
            $crate::private::take_described::<$codec, _, _>($map, $description),
            $variant,
        )
    };
    (read ($map:ident, $union:expr, $variant:path) ()) => {
        $crate::private::choose($union, $crate::ReadMembers::take($map), |$crate::private::Unit| {
            $variant {}
        })
    };
}
