//! The error codes that the model of an operation defines, independent of the exception types.

use crate::OperationError;
use crate::protocol::error_class::ErrorClass;

#[derive(Clone, Copy)]
pub(crate) struct KnownErrors {
    pub(crate) codes: &'static [&'static str],
    pub(crate) aliases: &'static [(&'static str, &'static str)],
    pub(crate) retryable: &'static [(&'static str, bool)],
}

impl KnownErrors {
    pub(crate) const fn of<E: OperationError>() -> Self {
        Self { codes: E::CODES, aliases: E::ALIASES, retryable: E::RETRYABLE }
    }

    /// The class of an error with this code.
    pub(crate) fn class(&self, code: Option<&str>, status: u16) -> ErrorClass {
        let class = ErrorClass::of(code, status, self.retryable);
        // The list of common codes may contain the alias, while the model lists only the
        // exception's own code. Therefore both are classified.
        match self.aliases.iter().find(|(alias, _)| code == Some(alias)) {
            Some((_, own)) => class.max(ErrorClass::of(Some(own), status, self.retryable)),
            None => class,
        }
    }
}
