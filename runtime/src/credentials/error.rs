//! The error of a credentials provider.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// The reason a provider returned no credentials. Clones share their cause.
///
/// A provider that is not configured returns [`not_configured`](Self::not_configured), and a chain
/// of providers then tries the next one. Any other problem is [`failed`](Self::failed) and ends the
/// chain, because the next provider might have the credentials of another identity.
///
/// The text of the cause is printed in error messages and logs, so it must not contain secrets.
#[derive(Clone)]
pub struct CredentialsError {
    is_configured: bool,
    cause: Arc<dyn Error + Send + Sync>,
}

impl CredentialsError {
    /// Creates the error of a provider that is not configured.
    #[must_use]
    pub fn not_configured(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { is_configured: false, cause: Arc::from(cause.into()) }
    }

    /// Creates the error of a provider that is configured but has no credentials.
    #[must_use]
    pub fn failed(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { is_configured: true, cause: Arc::from(cause.into()) }
    }

    /// Returns true if the provider is not configured.
    #[must_use]
    pub fn is_not_configured(&self) -> bool {
        !self.is_configured
    }
}

/// Prints the cause.
impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cause.fmt(f)
    }
}

impl fmt::Debug for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.is_configured { "Failed" } else { "NotConfigured" };
        f.debug_tuple(name).field(&self.cause).finish()
    }
}

impl Error for CredentialsError {
    /// Returns the source of the cause, because the text of this error is that of the cause.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.source()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_that_of_the_cause_and_appears_once() {
        let error = CredentialsError::failed(std::io::Error::other("the file is gone"));
        assert_eq!(error.to_string(), "the file is gone");
        assert_eq!(error.clone().to_string(), "the file is gone");
        assert!(error.source().is_none_or(|source| source.to_string() != "the file is gone"));
        assert!(!error.is_not_configured());
        assert!(CredentialsError::not_configured("no file").is_not_configured());
    }
}
