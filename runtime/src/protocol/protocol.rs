//! A protocol as a property of a service.

use std::fmt;

use crate::protocol::error_metadata::{ErrorMetadata, ReadError};

/// The protocol of a service.
///
/// How a request is encoded and an output is decoded is part of the
/// [`Operation`](crate::Operation). A protocol contains what the untyped part of a call needs, so a
/// protocol that no service of a program uses is not linked.
#[derive(Clone, Copy)]
pub struct Protocol {
    name: &'static str,
    content_type: &'static str,
    read_error: fn(&ReadError<'_>) -> ErrorMetadata,
}

impl Protocol {
    pub(crate) const fn new(
        name: &'static str,
        content_type: &'static str,
        read_error: fn(&ReadError<'_>) -> ErrorMetadata,
    ) -> Self {
        Self { name, content_type, read_error }
    }

    /// Returns the name of the protocol in Smithy, for example `awsJson1_1`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the content type of the documents in bodies.
    #[must_use]
    pub const fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// Reads what all error responses of the protocol have.
    pub(crate) fn read_error(&self, response: &ReadError<'_>) -> ErrorMetadata {
        (self.read_error)(response)
    }
}

impl fmt::Debug for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Protocol").field(&self.name).finish()
    }
}

impl PartialEq for Protocol {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Protocol {}
