//! The error type of the serializers and deserializers of this crate, except the JSON writer.

use std::fmt::{self, Display};

use serde_core::{de, ser};

/// Why a value cannot be written or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FormatError(Box<str>);

impl FormatError {
    /// The error for a type of value that the place or the format cannot hold.
    pub(crate) fn unsupported() -> Self {
        Self("a value of this type cannot be sent in this place".into())
    }
}

impl Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FormatError {}

impl ser::Error for FormatError {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string().into())
    }
}

impl de::Error for FormatError {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string().into())
    }
}
