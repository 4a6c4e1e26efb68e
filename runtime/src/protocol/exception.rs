//! Exceptions: what a service says when it refuses, as types.
//!
//! An exception is a [`Structure`]; an operation lists several of them in its error enum. The
//! macros write what all of them share. How a code is found in an answer is `answer`'s business.

use std::fmt::{self, Write};

use crate::display::one_line::{Clipped, OneLine, told};
use crate::protocol::error_body::{message_alone, readable};
use crate::protocol::json;
use crate::{SerializeMap, Structure, WriteMembers};

/// An exception of a model.
pub trait Exception: Structure + std::error::Error + Send + Sync + 'static {
    /// The error code on the wire.
    const CODE: &'static str;

    /// The HTTP status it comes with.
    const STATUS: u16 = 400;

    /// The message of the service, where it is not empty.
    fn message(&self) -> Option<&str>;
}

/// The error enum of an operation: its exceptions, and a place for what the model does not list.
pub trait OperationError: std::error::Error + Sized + Send + Sync + 'static {
    /// The codes of the exceptions that the operation lists, with those by which they were known in
    /// another protocol.
    const CODES: &'static [&'static str];

    /// The other codes by which exceptions are known, each with the exception's own.
    const ALIASES: &'static [(&'static str, &'static str)] = &[];

    /// The codes of those after which the model says that the same call may succeed, each with
    /// whether there were too many requests.
    const RETRYABLE: &'static [(&'static str, bool)] = &[];

    /// The codes of those whose message is a secret.
    const SECRET: &'static [&'static str] = &[];

    /// The exception with this code, read from the body of an answer; `None` where the operation
    /// does not list it.
    ///
    /// Programs decide by the variant what to do, so a listed code is always its own variant: where
    /// the members do not fit, or the body is no JSON, it is the exception without any member but
    /// the message, where one can be found.
    fn decode(code: &str, body: &[u8]) -> Option<Self>;

    /// The error code; of an exception that is known by several, its own. What the service has said is
    /// [`Error::code`](crate::Error::code).
    fn code(&self) -> Option<&str>;

    /// The message of the service, where it is not empty.
    fn message(&self) -> Option<&str>;

    /// The HTTP status that the error comes with by its model; of what is in no model, the one it came
    /// with.
    fn status(&self) -> u16;

    /// Writes what a service would write beside the code: the exception's members, or the message of
    /// what is in no model.
    ///
    /// # Errors
    /// The serializer's.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;

    /// The variant for everything else.
    fn unmodelled(error: Unmodelled) -> Self;
}

/// An error answer that is none of the exceptions its operation lists: an error that any service
/// can give, a newer exception, or the page of a proxy between here and there.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Unmodelled {
    /// The HTTP status.
    pub status: u16,
    /// The error code, where the answer names one.
    pub code: Option<String>,
    /// The message, where the answer has one.
    pub message: Option<String>,
    /// The identifier of the request at the service.
    pub request_id: Option<String>,
    /// The beginning of the body as text, at most [`Unmodelled::MAX_BODY`] bytes of it.
    pub body: String,
}

impl Unmodelled {
    /// How much of a body is kept, in bytes.
    pub const MAX_BODY: usize = 4096;

    /// An error with a status and nothing else; its fields are public.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self { status, code: None, message: None, request_id: None, body: String::new() }
    }
}

/// The code and the message; where neither came, the status and the beginning of the body.
impl fmt::Display for Unmodelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = self.message.as_deref().and_then(told);
        match (&self.code, message) {
            (Some(code), message) => fmt(code, message, f)?,
            (None, Some(message)) => write!(OneLine(f), "{}", Clipped(message))?,
            (None, None) => write!(f, "an answer of status {} without an error code", self.status)?,
        }
        match told(&self.body) {
            Some(body) if message.is_none() => write!(OneLine(f), ": {}", Clipped(body.trim())),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for Unmodelled {}

/// Prints an exception in one line: its code and, where there is one, the beginning of its message.
///
/// # Errors
/// The formatter's.
pub fn fmt(code: &str, message: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut line = OneLine(f);
    write!(line, "{}", Clipped(code))?;
    match message.and_then(told) {
        Some(message) => write!(line, ": {}", Clipped(message)),
        None => Ok(()),
    }
}

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

/// Writes the message of what is in no model.
///
/// # Errors
/// The serializer's.
pub fn write_unmodelled<M: SerializeMap>(error: &Unmodelled, map: &mut M) -> Result<(), M::Error> {
    map.put_some("message", &error.message)
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

/// Makes an error of an operation's error enum: [`OperationError`], `Display` and
/// `std::error::Error`, whose source is the exception.
///
/// A row may name several codes, `"Missing" | "Test.NotThere" => Missing`; the first is the exception's
/// own.
///
/// Behind a variant stands `(retryable)` or `(throttling)` where the model says that the same call
/// may succeed later, and `where (secret)` where the exception's message is never shown.
#[macro_export]
macro_rules! operation_error {
    ($name:ident, $unmodelled:ident, {
        $($code:literal $(| $alias:literal)* => $variant:ident),* $(,)?
    } $({ $($facts:tt)* })?) => {
        impl $crate::OperationError for $name {
            const CODES: &'static [&'static ::core::primitive::str] = &[$($code $(, $alias)*),*];

            const ALIASES: &'static [(
                &'static ::core::primitive::str,
                &'static ::core::primitive::str,
            )] = &[$($(($alias, $code),)*)*];

            $($($facts)*)?

            // Inlined so that a caller compiles the exceptions of the operations it uses only.
            #[inline]
            fn decode(
                code: &::core::primitive::str,
                body: &[::core::primitive::u8],
            ) -> ::core::option::Option<Self> {
                let _ = body;
                match code {
                    $($code $(| $alias)* => ::core::option::Option::Some(
                        Self::$variant($crate::private::decode_exception(body)),
                    ),)*
                    _ => ::core::option::Option::None,
                }
            }

            #[inline]
            fn code(&self) -> ::core::option::Option<&::core::primitive::str> {
                match self {
                    $(Self::$variant(_) => ::core::option::Option::Some($code),)*
                    Self::$unmodelled(error) => {
                        ::core::option::Option::as_deref(&error.code)
                    }
                }
            }

            #[inline]
            fn message(&self) -> ::core::option::Option<&::core::primitive::str> {
                match self {
                    $(Self::$variant(error) => $crate::Exception::message(error),)*
                    Self::$unmodelled(error) => {
                        $crate::private::MessageMember::as_message(&error.message)
                    }
                }
            }

            #[inline]
            fn status(&self) -> ::core::primitive::u16 {
                match self {
                    $(Self::$variant(error) => $crate::private::status_of(error),)*
                    Self::$unmodelled(error) => error.status,
                }
            }

            #[inline]
            fn write<M: $crate::SerializeMap>(
                &self,
                map: &mut M,
            ) -> ::core::result::Result<(), M::Error> {
                match self {
                    $(Self::$variant(error) => $crate::Structure::write(error, map),)*
                    Self::$unmodelled(error) => $crate::private::write_unmodelled(error, map),
                }
            }

            #[inline]
            fn unmodelled(error: $crate::Unmodelled) -> Self {
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
    ($name:ident, $unmodelled:ident, {
        $($code:literal $(| $alias:literal)* => $variant:ident
            $(($retry:ident))? $(where ($secret:ident))?),* $(,)?
    }) => {
        $crate::operation_error!($name, $unmodelled, {
            $($code $(| $alias)* => $variant),*
        } {
            const RETRYABLE: &'static [(
                &'static ::core::primitive::str,
                ::core::primitive::bool,
            )] = &[$($(($code, $crate::operation_error!(@throttling $retry)),)?)*];

            const SECRET: &'static [&'static ::core::primitive::str] =
                &[$($($crate::operation_error!(@$secret $code),)?)*];
        });
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
