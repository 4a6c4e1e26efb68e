//! The error of a timestamp that another type cannot represent.

use std::fmt;

use crate::Timestamp;

/// The error of converting a [`Timestamp`] to a type with a smaller range, such as
/// [`SystemTime`](std::time::SystemTime).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimestampRangeError {
    timestamp: Timestamp,
    /// The path of the target type.
    target: &'static str,
}

impl TimestampRangeError {
    pub(super) fn new(timestamp: Timestamp, target: &'static str) -> Self {
        Self { timestamp, target }
    }

    /// Returns the timestamp.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        self.timestamp
    }
}

impl fmt::Display for TimestampRangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the timestamp {} is out of range for {}", self.timestamp, self.target)
    }
}

impl std::error::Error for TimestampRangeError {}
