//! Adapters to and from the credential types of the AWS SDK for Rust.

use std::error::Error;

use aws_credential_types as sdk;
use sdk::attributes::AccountId;
use sdk::provider::ProvideCredentials as SdkProvider;
use sdk::provider::error::CredentialsError as SdkError;
use sdk::provider::future::ProvideCredentials as SdkFuture;

use crate::credentials::credentials::Credentials;
use crate::credentials::error::CredentialsError;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::display::error_chain::messages;

/// Uses a credentials provider of the AWS SDK for Rust in a [`Config`](crate::Config).
///
/// ```
/// use longshore_runtime::Config;
/// use longshore_runtime::aws_sdk::FromSdk;
///
/// # fn example(provider: aws_credential_types::provider::SharedCredentialsProvider) {
/// let config = Config::builder().credentials(FromSdk(provider)).build();
/// # let _ = config;
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct FromSdk<P>(pub P);

/// Uses a provider of this crate as a credentials provider of the AWS SDK for Rust.
#[derive(Debug, Clone)]
pub struct ToSdk<P>(pub P);

impl From<sdk::Credentials> for Credentials {
    /// Names the provider `aws-sdk`, because the SDK does not expose the name.
    fn from(credentials: sdk::Credentials) -> Self {
        let token = credentials.session_token().map(str::to_owned);
        let (key_id, secret) = (credentials.access_key_id(), credentials.secret_access_key());
        let converted = Self::new(key_id, secret, token, credentials.expiry(), "aws-sdk");
        match credentials.account_id() {
            Some(account_id) => converted.with_account_id(account_id.as_str()),
            None => converted,
        }
    }
}

impl From<Credentials> for sdk::Credentials {
    fn from(credentials: Credentials) -> Self {
        let token = credentials.session_token().map(str::to_owned);
        let account_id = credentials.account_id().map(AccountId::from);
        let mut builder = Self::builder()
            .access_key_id(credentials.access_key_id())
            .secret_access_key(credentials.secret_access_key())
            .provider_name(credentials.provider_name());
        builder.set_session_token(token);
        builder.set_expiry(credentials.expiration());
        builder.set_account_id(account_id);
        builder.build()
    }
}

impl<P: SdkProvider> ProvideCredentials for FromSdk<P> {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        let result = self.0.provide_credentials();
        CredentialsFuture::new(async { result.await.map(Into::into).map_err(from_sdk_error) })
    }
}

impl<P: ProvideCredentials> SdkProvider for ToSdk<P> {
    fn provide_credentials<'a>(&'a self) -> SdkFuture<'a>
    where
        Self: 'a,
    {
        let result = self.0.provide_credentials();
        SdkFuture::new(async { result.await.map(Into::into).map_err(to_sdk_error) })
    }
}

/// Keeps only the text, because the `Debug` output of the causes may show responses, which contain
/// keys. If the SDK's error has a cause, its own text is omitted, because it has no details.
fn from_sdk_error(error: SdkError) -> CredentialsError {
    let text = messages(Some(error.source().unwrap_or(&error))).join(": ");
    match error {
        SdkError::CredentialsNotLoaded(_) => CredentialsError::not_configured(text),
        _ => CredentialsError::failed(text),
    }
}

fn to_sdk_error(error: CredentialsError) -> SdkError {
    if error.is_not_configured() {
        SdkError::not_loaded(error)
    } else {
        SdkError::provider_error(error)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[tokio::test]
    async fn credentials_and_errors_survive_both_adapters() {
        let expiration = Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1));
        let token = Some("token".to_owned());
        let ours =
            Credentials::new("AKID", "secret", token, expiration, "test").with_account_id("1");
        let back = FromSdk(ToSdk(ours.clone())).provide_credentials().await.expect("credentials");
        assert_eq!(back.provider_name(), "aws-sdk");
        let values = |credentials: &Credentials| {
            let token = credentials.session_token().map(str::to_owned);
            let account_id = credentials.account_id().map(str::to_owned);
            let keys = (
                credentials.access_key_id().to_owned(),
                credentials.secret_access_key().to_owned(),
            );
            (keys, token, credentials.expiration(), account_id)
        };
        assert_eq!(values(&back), values(&ours));
    }

    #[test]
    fn the_kind_and_the_text_of_an_error_are_kept() {
        for (error, not_configured) in [
            (CredentialsError::not_configured("why"), true),
            (CredentialsError::failed("why"), false),
        ] {
            let back = from_sdk_error(to_sdk_error(error));
            assert_eq!((back.is_not_configured(), &*back.to_string()), (not_configured, "why"));
        }
        let invalid = from_sdk_error(SdkError::invalid_configuration("why"));
        assert!(!invalid.is_not_configured());
        assert!(
            !from_sdk_error(SdkError::provider_timed_out(Duration::ZERO)).to_string().is_empty()
        );
    }
}
