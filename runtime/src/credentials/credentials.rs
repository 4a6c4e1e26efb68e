//! Who a call is made as: the types of the ecosystem, and the credentials that need no request:
//! those in code, in variables and in profile files.

pub use aws_credential_types::Credentials;
pub use aws_credential_types::provider::ProvideCredentials;
pub use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future;

use crate::Environment;
use crate::settings::profile::Profile;

const KEY: &str = "AWS_ACCESS_KEY_ID";
const SECRET: &str = "AWS_SECRET_ACCESS_KEY";
const TOKEN: &str = "AWS_SESSION_TOKEN";

/// Properties of a profile that say where to get credentials from. Any of them counts before keys
/// in the same profile.
const ELSEWHERE: [&str; 10] = [
    "role_arn",
    "credential_source",
    "web_identity_token_file",
    "sso_session",
    "sso_start_url",
    "sso_account_id",
    "sso_role_name",
    "sso_region",
    "login_session",
    "credential_process",
];

/// Credentials that are part of a configuration in code.
pub(crate) fn fixed(key: String, secret: String, token: Option<String>) -> Credentials {
    Credentials::new(key, secret, token, None, "code")
}

/// Credentials that were found, or why there are none, found out once.
#[derive(Debug, Clone)]
pub(crate) enum Keys {
    Found(Credentials),
    /// There are none, and somewhere else there may be some.
    Absent(String),
    /// There is half of them, which is a mistake.
    Half(String),
}

/// The credentials in the variables.
pub(crate) fn in_environment(environment: &Environment) -> Keys {
    match (environment.get(KEY), environment.get(SECRET)) {
        (Some(key), Some(secret)) => {
            let token = environment.get(TOKEN).map(str::to_owned);
            Keys::Found(Credentials::new(key, secret, token, None, "environment"))
        }
        (Some(_), None) => Keys::Half(format!("{KEY} is set, {SECRET} is not")),
        (None, Some(_)) => Keys::Half(format!("{SECRET} is set, {KEY} is not")),
        (None, None) => Keys::Absent(format!("the variables {KEY} and {SECRET} are not set")),
    }
}

/// The credentials in a profile.
pub(crate) fn in_profile(profile: &Profile) -> Keys {
    let key = profile.get("aws_access_key_id");
    let secret = profile.get("aws_secret_access_key");
    let half = |there: &crate::settings::profile::Property, missing| {
        Keys::Half(format!("there is no {missing} beside the line {}", there.place))
    };
    match (key, secret) {
        (Some(key), Some(secret)) => {
            let token = profile.get("aws_session_token").map(|token| token.value.clone());
            let (key, secret) = (key.value.as_str(), secret.value.as_str());
            Keys::Found(Credentials::new(key, secret, token, None, "profile"))
        }
        (Some(key), None) => half(key, "aws_secret_access_key"),
        (None, Some(secret)) => half(secret, "aws_access_key_id"),
        (None, None) => Keys::Absent(format!("has no credentials in {}", profile.asked)),
    }
}

/// The property by which a profile says that its credentials are to be got from elsewhere.
pub(crate) fn elsewhere(profile: &Profile) -> Option<&'static str> {
    ELSEWHERE.into_iter().find(|name| profile.get(name).is_some())
}

impl ProvideCredentials for Keys {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(match self {
            Self::Found(credentials) => Ok(credentials.clone()),
            Self::Absent(why) => Err(CredentialsError::not_loaded(why.clone())),
            Self::Half(why) => Err(CredentialsError::invalid_configuration(why.clone())),
        })
    }
}

/// What stands in where a configuration from code names no credentials.
pub(crate) fn none() -> Keys {
    Keys::Absent("the configuration was built from code and was given none".to_owned())
}
