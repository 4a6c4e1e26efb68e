//! The macro `service_error!`, which implements the error enum of a service.

/// Implements what [`operation_error!`](crate::operation_error!) does for the enum with all exceptions
/// of a service, and `From` for each exception and for [`Unmodeled`](crate::Unmodeled).
///
/// A row consists of a code, a variant and the type of the exception. The conversions from the error
/// enums of operations belong to [`operation_error!`](crate::operation_error!).
#[macro_export]
macro_rules! service_error {
    ($name:ident, $unmodeled:ident, {
        $($code:literal => $variant:ident($exception:ty)),* $(,)?
    }) => {
        $crate::operation_error!($name, $unmodeled, { $($code => $variant),* });

        $(impl ::core::convert::From<$exception> for $name {
            #[inline]
            fn from(error: $exception) -> Self {
                Self::$variant(error)
            }
        })*

        impl ::core::convert::From<$crate::Unmodeled> for $name {
            #[inline]
            fn from(error: $crate::Unmodeled) -> Self {
                Self::$unmodeled(error)
            }
        }
    };
}
