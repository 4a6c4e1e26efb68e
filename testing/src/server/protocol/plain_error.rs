//! An error with only a code and a message, in the form of an operation error.

use longshore_runtime::{Unmodeled, operation_error};

pub(super) enum PlainError {
    Unmodeled(Unmodeled),
}

operation_error!(PlainError, Unmodeled, {});

impl PlainError {
    pub(super) fn new(status: u16, code: &str, message: &str) -> Self {
        let mut error = Unmodeled::new(status);
        error.code = Some(code.to_owned());
        error.message = Some(message.to_owned());
        Self::Unmodeled(error)
    }
}
