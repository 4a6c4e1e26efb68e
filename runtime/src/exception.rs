//! Exceptions: what a service says when it refuses, as types.
//!
//! An exception is a [`Structure`]; an operation lists several of them in its error enum. The
//! macros write what all of them share. How a code is found in an answer is `answer`'s business.

use std::fmt;

use crate::{Structure, json};

/// An exception of a model.
pub trait Exception: Structure + std::error::Error + Send + Sync + 'static {
    /// The error code on the wire.
    const CODE: &'static str;

    /// The message of the service.
    fn message(&self) -> Option<&str>;
}

/// The error enum of an operation: its exceptions, and a place for what the model does not list.
pub trait OperationError: std::error::Error + Sized + Send + Sync + 'static {
    /// The codes of the exceptions that the operation lists.
    const CODES: &'static [&'static str];

    /// The exception with this code, read from the body of an answer; `None` where the operation
    /// does not list it or where its members do not fit.
    fn decode(code: &str, body: &[u8]) -> Option<Self>;

    /// The variant for everything else.
    fn unmodelled(error: Unmodelled) -> Self;
}

/// How much of a body a line of an error shows, in bytes.
const SHOWN: usize = 500;

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
        match (&self.code, &self.message) {
            (Some(code), message) => fmt(code, message.as_deref(), f)?,
            (None, Some(message)) => f.write_str(message)?,
            (None, None) => write!(f, "an answer of status {} without an error code", self.status)?,
        }
        let body = self.body.trim();
        if self.message.is_some() || body.is_empty() {
            return Ok(());
        }
        let shown = &body[..body.floor_char_boundary(SHOWN)];
        write!(f, ": {shown}{}", if shown.len() < body.len() { ".." } else { "" })
    }
}

impl std::error::Error for Unmodelled {}

/// Prints an exception: its code and, where there is one, its message.
///
/// # Errors
/// The formatter's.
pub fn fmt(code: &str, message: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match message {
        Some(message) => write!(f, "{code}: {message}"),
        None => f.write_str(code),
    }
}

/// Reads an exception's members from a body; an empty body is an exception without any.
#[must_use]
pub fn decode<T: Structure>(body: &[u8]) -> Option<T> {
    json::decode(body).ok()
}

/// A member that can hold an exception's message, whether or not it must be there.
pub trait MessageMember {
    /// The message.
    fn as_message(&self) -> Option<&str>;
}

impl MessageMember for Option<String> {
    fn as_message(&self) -> Option<&str> {
        self.as_deref()
    }
}

impl MessageMember for String {
    fn as_message(&self) -> Option<&str> {
        Some(self)
    }
}

/// Makes an error of an exception structure: [`Exception`], `Display` and `std::error::Error`.
/// The member that holds the message comes last, where there is one.
#[macro_export]
macro_rules! impl_exception {
    ($name:ident, $code:literal $(, $message:ident)?) => {
        impl $crate::Exception for $name {
            const CODE: &'static ::core::primitive::str = $code;

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
#[macro_export]
macro_rules! operation_error {
    ($name:ident, $unmodelled:ident, { $($code:literal => $variant:ident),* $(,)? }) => {
        impl $crate::OperationError for $name {
            const CODES: &'static [&'static ::core::primitive::str] = &[$($code),*];

            // Inlined so that a caller compiles the exceptions of the operations it uses only.
            #[inline]
            fn decode(
                code: &::core::primitive::str,
                body: &[::core::primitive::u8],
            ) -> ::core::option::Option<Self> {
                let _ = body;
                match code {
                    $($code => $crate::private::decode_exception(body).map(Self::$variant),)*
                    _ => ::core::option::Option::None,
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
}
