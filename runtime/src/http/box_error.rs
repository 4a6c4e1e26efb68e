//! The type of errors that are kept as a source.

use std::error::Error;

/// Any error.
pub(crate) type BoxError = Box<dyn Error + Send + Sync>;
