//! Access keys in a profile, and the properties that take precedence over them.

use crate::credentials::credentials::Credentials;
use crate::providers::lookup::Lookup;
use crate::providers::process::ProcessProvider;
use crate::settings::profile::{Profile, Property};

/// Properties by which a profile gets its credentials from another source. Each of them takes
/// precedence over keys in the same profile.
const SOURCE_PROPERTIES: [&str; 10] = [
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

/// Looks up the access keys in a profile.
pub(super) fn look_up(profile: &Profile) -> Lookup {
    let key_id = profile.get("aws_access_key_id");
    let secret = profile.get("aws_secret_access_key");
    match (key_id, secret) {
        (Some(key_id), Some(secret)) => {
            let token = profile.get("aws_session_token").map(|token| token.value.clone());
            let (key_id, secret) = (key_id.value.as_str(), secret.value.as_str());
            Lookup::Found(Credentials::new(key_id, secret, token, None, "profile"))
        }
        (Some(key_id), None) => incomplete(key_id, "aws_secret_access_key"),
        (None, Some(secret)) => incomplete(secret, "aws_access_key_id"),
        (None, None) => {
            Lookup::NotConfigured(format!("has no credentials in {}", profile.searched))
        }
    }
}

/// The program of the profile that prints credentials.
pub(super) fn process(profile: &Profile) -> Option<ProcessProvider> {
    let command = profile.get("credential_process")?;
    let account_id = profile.get("aws_account_id").map(|account_id| account_id.value.clone());
    let origin = format!("credential_process in {}", command.location);
    Some(ProcessProvider { command: command.value.clone(), origin, account_id })
}

fn incomplete(present: &Property, missing: &str) -> Lookup {
    Lookup::Misconfigured(format!("{missing} is missing for the key at {}", present.location))
}

/// The first property by which the profile gets its credentials from another source.
pub(super) fn source_property(profile: &Profile) -> Option<&'static str> {
    SOURCE_PROPERTIES.into_iter().find(|name| profile.get(name).is_some())
}
