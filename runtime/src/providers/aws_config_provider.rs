//! Runs a provider of `aws-config` so that neither its logs nor its errors contain secrets.

use aws_credential_types::provider::{ProvideCredentials, future};
use tracing::instrument::WithSubscriber;

use crate::credentials::credentials::CredentialsError;
use crate::credentials::error_text::causes;
use crate::providers::smithy_http::SmithyHttp;
use crate::providers::trace_filter::without_trace;
use crate::tokio_runtime::requirements::{MissingRuntime, check_io};

/// A provider of `aws-config`. If the tokio runtime is missing or incomplete, it returns an error
/// instead of panicking.
#[derive(Debug)]
pub(super) struct AwsConfigProvider<P> {
    pub(super) http: SmithyHttp,
    pub(super) provider: P,
    /// Whether the provider may run a program. This needs the I/O of the runtime, even if the
    /// transport does not.
    pub(super) runs_programs: bool,
}

impl<P> AwsConfigProvider<P> {
    fn check_runtime(&self) -> Result<(), MissingRuntime> {
        self.http.check_runtime()?;
        if self.runs_programs { check_io() } else { Ok(()) }
    }
}

impl<P: ProvideCredentials> ProvideCredentials for AwsConfigProvider<P> {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        if let Err(missing) = self.check_runtime() {
            return future::ProvideCredentials::ready(Err(CredentialsError::not_loaded(missing)));
        }
        let result = self.provider.provide_credentials().with_subscriber(without_trace());
        future::ProvideCredentials::new(async { result.await.map_err(without_secrets) })
    }
}

/// Replaces the causes of an error with their text. The `Debug` of the causes would show responses,
/// which contain keys.
fn without_secrets(error: CredentialsError) -> CredentialsError {
    let text = causes(&error);
    match error {
        CredentialsError::CredentialsNotLoaded(_) => CredentialsError::not_loaded(text),
        CredentialsError::InvalidConfiguration(_) => CredentialsError::invalid_configuration(text),
        CredentialsError::ProviderError(_) => CredentialsError::provider_error(text),
        CredentialsError::ProviderTimedOut(_) => error,
        _ => CredentialsError::unhandled(text),
    }
}
