//! Runs a provider of `aws-config` so that neither its logs nor its errors contain secrets.

use aws_credential_types::provider::ProvideCredentials as SdkProvider;
use tracing::instrument::WithSubscriber;

use crate::credentials::aws_sdk::FromSdk;
use crate::credentials::error::CredentialsError;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::providers::smithy_http::SmithyHttp;
use crate::providers::trace_filter::without_trace;
use crate::tokio_runtime::requirements::{MissingRuntime, check_io};

/// A provider of `aws-config`. If the tokio runtime is missing or incomplete, it returns an error
/// instead of panicking.
#[derive(Debug)]
pub(super) struct AwsConfigProvider<P> {
    pub(super) http: SmithyHttp,
    pub(super) provider: FromSdk<P>,
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

impl<P: SdkProvider> ProvideCredentials for AwsConfigProvider<P> {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        if let Err(missing) = self.check_runtime() {
            return CredentialsFuture::ready(Err(CredentialsError::failed(missing)));
        }
        CredentialsFuture::new(self.provider.provide_credentials().with_subscriber(without_trace()))
    }
}
