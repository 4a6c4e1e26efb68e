//! The error of a call of any operation of a service.

use std::fmt;
use std::ops::Deref;

use crate::Error;

/// A failed call of any operation of a service. `X` is the error enum of the service.
///
/// `?` converts the [`Error`] of each operation to it, so a function that calls several operations
/// can return it. It dereferences to `Error<X>`, so that [`code`](Error::code),
/// [`status`](Error::status) and all other methods are available, and prints the same line.
pub struct ServiceError<X>(Error<X>);

impl<X> ServiceError<X> {
    /// Returns the error of the call.
    #[must_use]
    pub fn into_error(self) -> Error<X> {
        self.0
    }

    /// Returns the exception, if the service returned an error.
    #[must_use]
    pub fn into_service(self) -> Option<X> {
        self.0.into_service()
    }
}

impl<E, X: From<E>> From<Error<E>> for ServiceError<X> {
    fn from(error: Error<E>) -> Self {
        Self(error.map_service(X::from))
    }
}

impl<X> Deref for ServiceError<X> {
    type Target = Error<X>;

    fn deref(&self) -> &Error<X> {
        &self.0
    }
}

impl<X: fmt::Display> fmt::Display for ServiceError<X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<X: fmt::Debug> fmt::Debug for ServiceError<X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<X: std::error::Error> std::error::Error for ServiceError<X> {}
