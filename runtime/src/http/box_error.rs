//! The type of boxed errors.

use std::error::Error;

/// A boxed error.
pub(crate) type BoxError = Box<dyn Error + Send + Sync>;
