//! The provider of a configuration in code that has no credentials.

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};

/// Always returns the error that no credentials are configured.
#[derive(Debug)]
pub(crate) struct NoCredentials;

impl ProvideCredentials for NoCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let reason = "the configuration was built in code without credentials";
        future::ProvideCredentials::ready(Err(CredentialsError::not_loaded(reason)))
    }
}
