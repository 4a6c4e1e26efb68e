//! The macro `impl_exception!`, and the trait for messages that it uses.

use crate::display::one_line::non_blank;
/// The type of a member that can be the message of an exception: a required or an optional string.
pub trait MessageMember {
    /// Returns the message.
    fn as_message(&self) -> Option<&str>;
}

impl MessageMember for Option<String> {
    fn as_message(&self) -> Option<&str> {
        self.as_deref().and_then(non_blank)
    }
}

impl MessageMember for String {
    fn as_message(&self) -> Option<&str> {
        non_blank(self)
    }
}

/// Implements [`Exception`](crate::Exception), `Display` and `std::error::Error` for an exception
/// structure. The code may be followed by a status other than 400 (`"ServerException" as 500`) and
/// by the member that holds the message.
#[macro_export]
macro_rules! impl_exception {
    ($name:ident, $code:literal $(as $status:literal)? $(, $message:ident)?) => {
        impl $crate::Exception for $name {
            const CODE: &'static ::core::primitive::str = $code;
            $(const STATUS: ::core::primitive::u16 = $status;)?

            #[inline]
            fn message(&self) -> ::core::option::Option<&::core::primitive::str> {
                $(return $crate::private::MessageMember::as_message(&self.$message);)?
                #[allow(unreachable_code)]
                ::core::option::Option::None
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::private::fmt_exception($code, $crate::Exception::message(self), f)
            }
        }

        impl ::std::error::Error for $name {}
    };
}
