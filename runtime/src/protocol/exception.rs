//! The traits of exceptions: the modeled errors of a service.
//!
//! An exception is a [`Structure`]. The error enum of an operation has a variant for each of its
//! exceptions. Finding the error code in a response is part of `client`.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::protocol::aws_json::AwsJson;
use crate::protocol::impl_exception::MessageMember;
use crate::protocol::unmodeled::Unmodeled;
use crate::protocol::wire::{ReadException, WireResponse};
use crate::{Binding, SerializeMap, Structure};

/// An exception of a service.
pub trait Exception: Structure + PartialEq + std::error::Error + Send + Sync + 'static {
    /// The error code on the wire.
    const CODE: &'static str;

    /// The HTTP status of the response.
    const STATUS: u16 = 400;

    /// Returns the message of the service, unless it is blank.
    fn message(&self) -> Option<&str>;
}

/// An exception of any type. This trait is sealed: every [`Exception`] implements it, and no other
/// type does.
pub trait AnyException: sealed::Sealed + Send + Sync {
    /// Returns the HTTP status that the model defines, [`Exception::STATUS`].
    fn status(&self) -> u16;

    /// Returns the message of the service, unless it is blank.
    fn message(&self) -> Option<&str>;

    /// Returns the members that have a place outside the document in the body,
    /// [`Structure::BINDINGS`].
    fn bindings(&self) -> &'static [Binding];

    /// Returns the exception as an error.
    fn as_error(&self) -> &(dyn std::error::Error + 'static);

    /// Returns the name of the structure.
    fn shape(&self) -> &'static str;

    /// Returns true if the other exception has the same type and equal members.
    fn equals(&self, other: &dyn AnyException) -> bool;
}

mod sealed {
    pub trait Sealed {}

    impl<T: super::Exception> Sealed for T {}
}

impl<T: Exception> AnyException for T {
    fn status(&self) -> u16 {
        T::STATUS
    }

    fn message(&self) -> Option<&str> {
        Exception::message(self)
    }

    fn bindings(&self) -> &'static [Binding] {
        T::BINDINGS
    }

    fn as_error(&self) -> &(dyn std::error::Error + 'static) {
        self
    }

    fn shape(&self) -> &'static str {
        T::SHAPE
    }

    fn equals(&self, other: &dyn AnyException) -> bool {
        other.as_error().downcast_ref() == Some(self)
    }
}

/// The content of a variant of an [`OperationError`].
#[derive(Clone, Copy)]
pub enum Variant<'a> {
    /// An exception of the operation, with its error code.
    Modeled(&'static str, &'a dyn AnyException),
    /// Any other error response.
    Unmodeled(&'a Unmodeled),
}

impl fmt::Debug for Variant<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Modeled(code, exception) => {
                f.debug_tuple("Modeled").field(code).field(&exception.as_error()).finish()
            }
            Self::Unmodeled(error) => f.debug_tuple("Unmodeled").field(error).finish(),
        }
    }
}

/// The error enum of an operation: its exceptions, and a variant for all other error responses.
pub trait OperationError: std::error::Error + Sized + Send + Sync + 'static {
    /// The codes of the exceptions of the operation, including aliases.
    const CODES: &'static [&'static str];

    /// The aliases, each with the exception's own code. A service that changed its protocol may
    /// still use the codes of the earlier one.
    const ALIASES: &'static [(&'static str, &'static str)] = &[];

    /// The codes of exceptions after which the call can be retried according to the model, each
    /// with whether it is a throttling error.
    const RETRYABLE: &'static [(&'static str, bool)] = &[];

    /// The codes of exceptions whose message is secret.
    const SECRET: &'static [&'static str] = &[];

    /// Reads the exception with this code from a response of the protocol `R`. Returns `None` if
    /// the operation does not have the exception.
    ///
    /// Programs match on the variant, so a known code always results in its variant: if the members
    /// are invalid or the body has a different format, the exception has only a message, or no
    /// members at all.
    fn read<R: ReadException>(code: &str, response: &WireResponse<'_>) -> Option<Self>;

    /// Reads the exception with this code from the body of an awsJson response, for tests.
    #[must_use]
    fn decode(code: &str, body: &[u8]) -> Option<Self> {
        let (status, headers) = (StatusCode::BAD_REQUEST, HeaderMap::new());
        let body = Bytes::copy_from_slice(body);
        Self::read::<AwsJson>(code, &WireResponse { status, headers: &headers, body: &body })
    }

    /// Returns the content of the variant.
    fn variant(&self) -> Variant<'_>;

    /// Returns the error code; for an alias, the exception's own code.
    /// [`Error::code`](crate::Error::code) returns the code in the response.
    fn code(&self) -> Option<&str> {
        match self.variant() {
            Variant::Modeled(code, _) => Some(code),
            Variant::Unmodeled(error) => error.code.as_deref(),
        }
    }

    /// Returns the message of the service, unless it is blank.
    fn message(&self) -> Option<&str> {
        match self.variant() {
            Variant::Modeled(_, exception) => exception.message(),
            Variant::Unmodeled(error) => error.message.as_message(),
        }
    }

    /// Returns the HTTP status that the model defines for the exception; for an unmodeled error,
    /// the status of the response.
    fn status(&self) -> u16 {
        match self.variant() {
            Variant::Modeled(_, exception) => exception.status(),
            Variant::Unmodeled(error) => error.status,
        }
    }

    /// Returns the places of the members of the exception that are not in the document in the body.
    fn bindings(&self) -> &'static [Binding] {
        match self.variant() {
            Variant::Modeled(_, exception) => exception.bindings(),
            Variant::Unmodeled(_) => &[],
        }
    }

    /// Writes the members of the exception, or the message of an unmodeled error, as a service
    /// writes them next to the code.
    ///
    /// # Errors
    /// Returns the error of the serializer.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;

    /// Returns the exception as the structure that the variant contains.
    fn exception(&self) -> &(dyn std::error::Error + 'static) {
        match self.variant() {
            Variant::Modeled(_, exception) => exception.as_error(),
            Variant::Unmodeled(error) => error,
        }
    }

    /// Creates the variant for an unmodeled error.
    fn unmodeled(error: Unmodeled) -> Self;
}

/// Returns true if two errors are the same variant, and their contents are equal.
#[must_use]
pub fn eq_operation_error<E: OperationError>(error: &E, other: &E) -> bool {
    match (error.variant(), other.variant()) {
        (Variant::Modeled(code, error), Variant::Modeled(other_code, other)) => {
            code == other_code && error.equals(other)
        }
        (Variant::Unmodeled(error), Variant::Unmodeled(other)) => error == other,
        _ => false,
    }
}

/// Formats the error like a derived `Debug`, with the name of the exception in place of the
/// variant's.
///
/// # Errors
/// Returns the error of the formatter.
pub fn debug_operation_error<E: OperationError>(
    error: &E,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let (variant, content): (_, &dyn fmt::Debug) = match error.variant() {
        Variant::Modeled(_, exception) => (exception.shape(), &exception.as_error()),
        Variant::Unmodeled(error) => ("Unmodeled", error),
    };
    f.debug_tuple(variant).field(content).finish()
}

/// Prints the exception that the variant contains.
///
/// # Errors
/// Returns the error of the formatter.
pub fn fmt_operation_error<E: OperationError>(
    error: &E,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    fmt::Display::fmt(error.exception(), f)
}
