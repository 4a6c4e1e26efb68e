//! The macro `service_error!`, which implements the error enum of a service.

/// Implements `Display`, `std::error::Error`, `code` and `message` for the enum with all exceptions
/// of a service, and `From` for each exception and for [`Unmodelled`](crate::Unmodelled).
///
/// A row consists of a code, a variant and the type of the exception. The conversions from the error
/// enums of operations belong to [`operation_error!`](crate::operation_error!).
#[macro_export]
macro_rules! service_error {
    ($name:ident, $unmodelled:ident, {
        $($code:literal => $variant:ident($exception:ty)),* $(,)?
    }) => {
        impl $name {
            /// Returns the error code; for an alias, the exception's own code.
            #[must_use]
            #[inline]
            pub fn code(&self) -> ::core::option::Option<&::core::primitive::str> {
                match self {
                    $(Self::$variant(_) => ::core::option::Option::Some($code),)*
                    Self::$unmodelled(error) => {
                        ::core::option::Option::as_deref(&error.code)
                    }
                }
            }

            /// Returns the message of the service, unless it is blank.
            #[must_use]
            #[inline]
            pub fn message(&self) -> ::core::option::Option<&::core::primitive::str> {
                match self {
                    $(Self::$variant(error) => $crate::Exception::message(error),)*
                    Self::$unmodelled(error) => {
                        $crate::private::MessageMember::as_message(&error.message)
                    }
                }
            }
        }

        $(impl ::core::convert::From<$exception> for $name {
            #[inline]
            fn from(error: $exception) -> Self {
                Self::$variant(error)
            }
        })*

        impl ::core::convert::From<$crate::Unmodelled> for $name {
            #[inline]
            fn from(error: $crate::Unmodelled) -> Self {
                Self::$unmodelled(error)
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(Self::$variant(error) => ::core::fmt::Display::fmt(error, f),)*
                    Self::$unmodelled(error) => ::core::fmt::Display::fmt(error, f),
                }
            }
        }

        impl ::std::error::Error for $name {
            #[inline]
            fn source(
                &self,
            ) -> ::core::option::Option<&(dyn ::std::error::Error + 'static)> {
                ::core::option::Option::Some(match self {
                    $(Self::$variant(error) => error,)*
                    Self::$unmodelled(error) => error,
                })
            }
        }
    };
}
