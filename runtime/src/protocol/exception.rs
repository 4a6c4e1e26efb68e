//! Exceptions: what a service says when it refuses, as types.
//!
//! An exception is a [`Structure`]; an operation lists several of them in its error enum. The
//! macros write what all of them share. How a code is found in an answer is `answer`'s business.

use crate::protocol::unmodelled::Unmodelled;
use crate::{SerializeMap, Structure};

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
