//! The error type of the serializers and deserializers of this crate.

use std::borrow::Cow;
use std::fmt::{self, Display};

use serde_core::{de, ser};

/// Why a value cannot be written or read.
///
/// It is a single pointer, so that a `Result` with a small value is returned in registers. Readers
/// return one for each member of each structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FormatError(Box<Cow<'static, str>>);

impl FormatError {
    pub(crate) fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(reason.into()))
    }

    /// The error for a type of value that the place or the format cannot hold.
    pub(crate) fn unsupported() -> Self {
        Self::new("a value of this type cannot be sent in this place")
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
        Self::new(message.to_string())
    }
}

impl de::Error for FormatError {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string())
    }
}
