//! Error responses that are not one of the exceptions of their operation.

use std::fmt::{self, Write};

use crate::display::exception;
use crate::display::one_line::{Clipped, OneLine, non_blank};
use crate::{SerializeMap, WriteMembers};

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
        let message = self.message.as_deref().and_then(non_blank);
        match (&self.code, message) {
            (Some(code), message) => exception::fmt(code, message, f)?,
            (None, Some(message)) => write!(OneLine(f), "{}", Clipped(message))?,
            (None, None) => write!(f, "an answer of status {} without an error code", self.status)?,
        }
        match non_blank(&self.body) {
            Some(body) if message.is_none() => write!(OneLine(f), ": {}", Clipped(body.trim())),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for Unmodelled {}

/// Writes the message of what is in no model.
///
/// # Errors
/// The serializer's.
pub fn write_unmodelled<M: SerializeMap>(error: &Unmodelled, map: &mut M) -> Result<(), M::Error> {
    map.put_some("message", &error.message)
}
