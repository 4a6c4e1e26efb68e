//! A lookup of credentials in settings that found none.

use crate::credentials::error::CredentialsError;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};

/// Why there are no credentials, as a provider that always returns this error.
#[derive(Debug, Clone)]
pub(super) enum Lookup {
    /// There are no credentials here, so the chain tries the next provider.
    NotConfigured(String),
    /// The settings are incomplete or cannot be used, so the chain ends with an error.
    Misconfigured(String),
}

impl ProvideCredentials for Lookup {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        CredentialsFuture::ready(match self {
            Self::NotConfigured(reason) => Err(CredentialsError::not_configured(reason.clone())),
            Self::Misconfigured(reason) => Err(CredentialsError::failed(reason.clone())),
        })
    }
}
