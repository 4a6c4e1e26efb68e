//! The error type of the serializers and deserializers of this crate, except the JSON writer.

use std::fmt::{self, Display};

use serde_core::{de, ser};

/// Why a value cannot be written or read.
///
/// It is a single pointer, so that a `Result` with a small value is returned in registers. Readers
/// return one for each member of each structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FormatError(Box<Reason>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Reason(Box<str>);

impl FormatError {
    fn new(reason: Box<str>) -> Self {
        Self(Box::new(Reason(reason)))
    }

    /// The error for a type of value that the place or the format cannot hold.
    pub(crate) fn unsupported() -> Self {
        Self::new("a value of this type cannot be sent in this place".into())
    }
}

impl Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.0)
    }
}

impl std::error::Error for FormatError {}

impl ser::Error for FormatError {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string().into())
    }
}

impl de::Error for FormatError {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string().into())
    }
}
