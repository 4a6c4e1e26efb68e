//! `impl_exception!`, and what it and `operation_error!` call.

use crate::Structure;
use crate::display::one_line::told;
use crate::protocol::error_body::{message_alone, readable};
use crate::protocol::exception::Exception;
use crate::protocol::json;

/// Reads an exception's members from a body. Where they cannot be read it is the message alone, and
/// where there is none, an exception without any member.
#[must_use]
pub fn decode<T: Structure>(body: &[u8]) -> T {
    json::decode(body)
        .or_else(|_| json::decode(readable(body).as_bytes()))
        .or_else(|_| json::decode(&message_alone(&readable(body))))
        .unwrap_or_else(|_| T::empty())
}

/// The status of an exception whose type nobody wrote down.
#[must_use]
pub const fn status_of<E: Exception>(_: &E) -> u16 {
    E::STATUS
}

/// A member that can hold an exception's message, whether or not it must be there.
pub trait MessageMember {
    /// The message.
    fn as_message(&self) -> Option<&str>;
}

impl MessageMember for Option<String> {
    fn as_message(&self) -> Option<&str> {
        self.as_deref().and_then(told)
    }
}

impl MessageMember for String {
    fn as_message(&self) -> Option<&str> {
        told(self)
    }
}

/// Makes an error of an exception structure: [`Exception`], `Display` and `std::error::Error`.
/// Behind the code stands the status, `"ServerException" as 500`, where it is not 400; the member that
/// holds the message comes last, where there is one.
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
