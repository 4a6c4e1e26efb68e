//! The credential types of the AWS SDK for Rust, and credentials from code.

pub use aws_credential_types::Credentials;
pub use aws_credential_types::provider::ProvideCredentials;
pub use aws_credential_types::provider::error::CredentialsError;
/// The future that [`ProvideCredentials::provide_credentials`] returns.
pub use aws_credential_types::provider::future::ProvideCredentials as CredentialsFuture;

/// Credentials that are part of a configuration in code.
pub(crate) fn static_credentials(
    key_id: String,
    secret: String,
    session_token: Option<String>,
) -> Credentials {
    Credentials::new(key_id, secret, session_token, None, "code")
}
