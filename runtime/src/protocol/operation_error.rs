//! The macro `operation_error!`, which implements the error enum of an operation.

/// Implements [`OperationError`](crate::OperationError), `PartialEq`, `Debug`, `Display` and
/// `std::error::Error` for the error enum of an operation. Its text is that of the exception.
///
/// A row can have several codes, for example `"Missing" | "Test.NotThere" => Missing`. The first is
/// the exception's own code; the others are aliases.
///
/// The path of a [`service_error!`](crate::service_error!) enum before the table implements the
/// conversion to that enum, and `From` for the exceptions. Each variant is then followed by the type
/// of its exception, which no other variant may have: `"Missing" => Missing(exception::Missing)`.
///
/// A variant is followed by `(retryable)` or `(throttling)` if the call can be retried according to
/// the model, and by `where (secret)` if the message of the exception must not be shown.
#[macro_export]
macro_rules! operation_error {
    ($name:ident, $unmodeled:ident, {
        $($code:literal => $variant:ident),* $(,)?
    }) => {
        $crate::operation_error!(@implement $name, $unmodeled, { $($code => $variant),* } {});
    };
    (@implement $name:ident, $unmodeled:ident, {
        $($code:literal $(| $alias:literal)* => $variant:ident),* $(,)?
    } { $($facts:tt)* }) => {
        impl $crate::OperationError for $name {
            const CODES: &'static [&'static ::core::primitive::str] = &[$($code $(, $alias)*),*];

            $($facts)*

            // Inlined so that only the exceptions of used operations are compiled.
            #[inline]
            fn read<R: $crate::wire::ReadException>(
                code: &::core::primitive::str,
                response: &$crate::wire::WireResponse<'_>,
            ) -> ::core::option::Option<Self> {
                let _ = response;
                match code {
                    $($code $(| $alias)* => ::core::option::Option::Some(
                        Self::$variant(<R as $crate::wire::ReadException>::read_exception(response)),
                    ),)*
                    _ => ::core::option::Option::None,
                }
            }

            #[inline]
            fn variant(&self) -> $crate::Variant<'_> {
                match self {
                    $(Self::$variant(error) => $crate::Variant::Modeled($code, error),)*
                    Self::$unmodeled(error) => $crate::Variant::Unmodeled(error),
                }
            }

            #[inline]
            fn write<M: $crate::SerializeMap>(
                &self,
                map: &mut M,
            ) -> ::core::result::Result<(), M::Error> {
                match self {
                    $(Self::$variant(error) => $crate::Structure::write(error, map),)*
                    Self::$unmodeled(error) => $crate::private::write_unmodeled(error, map),
                }
            }

            #[inline]
            fn unmodeled(error: $crate::Unmodeled) -> Self {
                Self::$unmodeled(error)
            }
        }

        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> ::core::primitive::bool {
                $crate::private::eq_operation_error(self, other)
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::private::debug_operation_error(self, f)
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::private::fmt_operation_error(self, f)
            }
        }

        impl ::std::error::Error for $name {}
    };
    ($name:ident, $unmodeled:ident, {
        $($code:literal $(| $alias:literal)* => $variant:ident
            $(($retry:ident))? $(where ($secret:ident))?),* $(,)?
    }) => {
        $crate::operation_error!(@implement $name, $unmodeled, {
            $($code $(| $alias)* => $variant),*
        } {
            const ALIASES: &'static [(
                &'static ::core::primitive::str,
                &'static ::core::primitive::str,
            )] = &[$($(($alias, $code),)*)*];

            const RETRYABLE: &'static [(
                &'static ::core::primitive::str,
                ::core::primitive::bool,
            )] = &[$($(($code, $crate::operation_error!(@throttling $retry)),)?)*];

            const SECRET: &'static [&'static ::core::primitive::str] =
                &[$($($crate::operation_error!(@$secret $code),)?)*];
        });
    };
    ($name:ident, $unmodeled:ident, $service:path, {
        $($code:literal $(| $alias:literal)* => $variant:ident($exception:ty)
            $(($retry:ident))? $(where ($secret:ident))?),* $(,)?
    }) => {
        $crate::operation_error!($name, $unmodeled, {
            $($code $(| $alias)* => $variant $(($retry))? $(where ($secret))?),*
        });

        $(impl ::core::convert::From<$exception> for $name {
            #[inline]
            fn from(error: $exception) -> Self {
                Self::$variant(error)
            }
        })*

        impl ::core::convert::From<$name> for $service {
            #[inline]
            fn from(error: $name) -> Self {
                match error {
                    $($name::$variant(error) => ::core::convert::From::from(error),)*
                    $name::$unmodeled(error) => ::core::convert::From::from(error),
                }
            }
        }
    };
    (@throttling throttling) => {
        true
    };
    (@throttling retryable) => {
        false
    };
    (@secret $code:literal) => {
        $code
    };
}
