//! The protocol of a service.

use std::fmt;

use crate::protocol::error_metadata::{ErrorMetadata, ReadError};

/// The protocol of a service.
///
/// The [`Operation`](crate::Operation) encodes requests and decodes outputs. A protocol contains
/// only what the untyped part of a call needs, so that protocols that a program does not use are
/// not linked.
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

    /// Reads the metadata that all error responses of the protocol have in common.
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
