//! The result of looking for credentials in settings, which requires no request.

use crate::credentials::credentials::Credentials;
use crate::credentials::error::CredentialsError;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};

/// The result of a lookup, as a provider.
#[derive(Debug, Clone)]
pub(super) enum Lookup {
    Found(Credentials),
    /// There are no credentials here, so the chain tries the next provider.
    NotConfigured(String),
    /// The settings are incomplete or cannot be used, so the chain ends with an error.
    Misconfigured(String),
}

impl ProvideCredentials for Lookup {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        CredentialsFuture::ready(match self {
            Self::Found(credentials) => Ok(credentials.clone()),
            Self::NotConfigured(reason) => Err(CredentialsError::not_configured(reason.clone())),
            Self::Misconfigured(reason) => Err(CredentialsError::failed(reason.clone())),
        })
    }
}
