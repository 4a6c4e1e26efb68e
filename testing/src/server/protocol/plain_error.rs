//! An error with only a code and a message, in the form of an operation error.

use longshore_runtime::{Unmodelled, operation_error};

#[derive(Debug)]
pub(super) enum PlainError {
    Unmodelled(Unmodelled),
}

operation_error!(PlainError, Unmodelled, {});

impl PlainError {
    pub(super) fn new(status: u16, code: &str, message: &str) -> Self {
        let mut error = Unmodelled::new(status);
        error.code = Some(code.to_owned());
        error.message = Some(message.to_owned());
        Self::Unmodelled(error)
    }
}
