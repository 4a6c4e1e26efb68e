//! The error of a response that is not an exception of the operation.

use std::fmt::{self, Write};

use crate::SerializeMap;
use crate::display::exception;
use crate::display::one_line::{Clipped, OneLine, non_blank};

/// An error response that is not one of the exceptions of the operation: an error that every
/// service can return, an exception that is newer than the model, or an error page of a proxy.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Unmodeled {
    /// The HTTP status.
    pub status: u16,
    /// The error code, if the response contains one.
    pub code: Option<String>,
    /// The message, if the response contains one.
    pub message: Option<String>,
    /// The request id that the service assigned.
    pub request_id: Option<String>,
    /// The beginning of the body as text, at most [`Unmodeled::MAX_BODY`] bytes.
    pub body: String,
}

impl Unmodeled {
    /// The maximum length of [`body`](Self::body), in bytes.
    pub const MAX_BODY: usize = 4096;

    /// Creates an error with this status. All other fields are empty.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self { status, code: None, message: None, request_id: None, body: String::new() }
    }
}

/// Prints the code and the message. Without either, prints the status and the beginning of the
/// body.
impl fmt::Display for Unmodeled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = self.message.as_deref().and_then(non_blank);
        match (&self.code, message) {
            (Some(code), message) => exception::fmt(code, message, f)?,
            (None, Some(message)) => write!(OneLine(f), "{}", Clipped(message))?,
            (None, None) => write!(f, "a response with status {} and no error code", self.status)?,
        }
        match non_blank(&self.body) {
            Some(body) if message.is_none() => write!(OneLine(f), ": {}", Clipped(body.trim())),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for Unmodeled {}

/// Writes the message of an unmodeled error.
///
/// # Errors
/// Returns the error of the serializer.
pub fn write_unmodeled<M: SerializeMap>(error: &Unmodeled, map: &mut M) -> Result<(), M::Error> {
    error.message.as_ref().map_or(Ok(()), |message| map.serialize_entry("message", message))
}
