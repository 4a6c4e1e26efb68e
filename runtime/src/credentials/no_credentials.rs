//! The provider of a configuration in code that has no credentials.

use crate::credentials::error::CredentialsError;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};

/// Always returns the error that no credentials are configured.
#[derive(Debug)]
pub(crate) struct NoCredentials;

impl ProvideCredentials for NoCredentials {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        let reason = "the configuration was built in code without credentials";
        CredentialsFuture::ready(Err(CredentialsError::not_configured(reason)))
    }
}
