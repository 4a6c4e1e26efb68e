//! Who a call is made as.
//!
//! Any provider of the ecosystem will do. Built in are credentials from code and from the
//! environment; what a provider does is its own business, and it is asked for every call.

pub use aws_credential_types::Credentials;
pub use aws_credential_types::provider::ProvideCredentials;
pub use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future;

use crate::Environment;

const KEY: &str = "AWS_ACCESS_KEY_ID";
const SECRET: &str = "AWS_SECRET_ACCESS_KEY";
const TOKEN: &str = "AWS_SESSION_TOKEN";

/// Credentials that are part of a configuration in code.
pub(crate) fn fixed(key: String, secret: String, token: Option<String>) -> Credentials {
    Credentials::new(key, secret, token, None, "code")
}

/// The credentials in the environment, or what is missing there, found out once.
#[derive(Debug)]
pub(crate) struct EnvironmentCredentials(Result<Credentials, &'static str>);

impl EnvironmentCredentials {
    pub(crate) fn new(environment: &Environment) -> Self {
        Self(match (environment.get(KEY), environment.get(SECRET)) {
            (Some(key), Some(secret)) => {
                let token = environment.get(TOKEN).map(str::to_owned);
                Ok(Credentials::new(key, secret, token, None, "environment"))
            }
            (Some(_), None) => Err("AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not"),
            (None, Some(_)) => Err("AWS_SECRET_ACCESS_KEY is set, AWS_ACCESS_KEY_ID is not"),
            (None, None) => Err("asked the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
        })
    }
}

impl ProvideCredentials for EnvironmentCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(self.0.clone().map_err(CredentialsError::not_loaded))
    }
}

/// What stands in where a configuration from code names no credentials.
#[derive(Debug)]
pub(crate) struct NoCredentials;

impl ProvideCredentials for NoCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err(CredentialsError::not_loaded(
            "the configuration was built from code and was given none",
        )))
    }
}
