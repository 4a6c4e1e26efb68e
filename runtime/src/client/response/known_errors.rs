//! The error codes that the model of an operation defines, independent of the exception types.

use crate::OperationError;
use crate::protocol::error_class::ErrorClass;

#[derive(Clone, Copy)]
pub(crate) struct KnownErrors {
    pub(crate) codes: &'static [&'static str],
    pub(crate) aliases: &'static [(&'static str, &'static str)],
    pub(crate) retryable: &'static [(&'static str, bool)],
    pub(crate) secret: &'static [&'static str],
}

impl KnownErrors {
    pub(crate) const fn of<E: OperationError>() -> Self {
        let (codes, aliases) = (E::CODES, E::ALIASES);
        Self { codes, aliases, retryable: E::RETRYABLE, secret: E::SECRET }
    }

    /// The class of an error with this code.
    pub(crate) fn class(&self, code: Option<&str>, status: u16) -> ErrorClass {
        let class = ErrorClass::of(code, status, self.retryable);
        // The list of common codes may contain the alias, while the model lists only the
        // exception's own code. Therefore both are classified.
        match code.and_then(|code| self.own_code(code)) {
            Some(own) => class.max(ErrorClass::of(Some(own), status, self.retryable)),
            None => class,
        }
    }

    /// Returns true if the message of an error with this code is secret.
    pub(crate) fn is_secret(&self, code: &str) -> bool {
        let own = self.own_code(code).unwrap_or(code);
        self.secret.contains(&own)
    }

    /// The exception's own code, if `code` is an alias.
    fn own_code(&self, code: &str) -> Option<&'static str> {
        self.aliases.iter().find(|(alias, _)| *alias == code).map(|(_, own)| *own)
    }
}
