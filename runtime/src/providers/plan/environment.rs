//! Sources that are configured by environment variables.

use crate::providers::plan::types::{Keys, PlanError};
use crate::settings::setting::{Setting, Sources};

const KEY_ID: &str = "AWS_ACCESS_KEY_ID";
const SECRET: &str = "AWS_SECRET_ACCESS_KEY";
/// The older name comes first and takes precedence.
const TOKENS: [&str; 2] = ["AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN"];
const CONTAINER: [&str; 2] =
    ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];

pub(super) const MISSING_KEYS: &str =
    "the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set";
pub(super) const MISSING_TOKEN_FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE is not set";
pub(super) const MISSING_CONTAINER: &str = "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor \
                                            AWS_CONTAINER_CREDENTIALS_FULL_URI is set";

/// Returns the keys in variables; `None` if there is no access key ID. As in the AWS CLI, a secret
/// without an access key ID does not prevent the use of a profile.
pub(super) fn keys(sources: &Sources<'_>) -> Result<Option<Keys>, PlanError> {
    let Some(access_key_id) = sources.variable(KEY_ID) else { return Ok(None) };
    let Some(secret_access_key) = sources.variable(SECRET) else {
        let problem = format!("{KEY_ID} is set but {SECRET} is not");
        return Err(PlanError { name: "the environment".to_owned(), problem });
    };
    Ok(Some(Keys {
        access_key_id,
        secret_access_key,
        session_token: TOKENS.into_iter().find_map(|name| sources.variable(name)),
        account_id: sources.variable("AWS_ACCOUNT_ID"),
        expiration: sources.variable("AWS_CREDENTIAL_EXPIRATION"),
    }))
}

/// Returns an error if there is a secret without an access key ID. Falling back to a container or
/// an instance would use another identity.
pub(super) fn check_unused(sources: &Sources<'_>) -> Result<(), PlanError> {
    if sources.variable(SECRET).is_none() {
        return Ok(());
    }
    let problem = format!("{SECRET} is set but {KEY_ID} is not");
    Err(PlanError { name: "the environment".to_owned(), problem })
}

/// Returns true if variables name the endpoint of a container.
pub(super) fn has_container(sources: &Sources<'_>) -> bool {
    CONTAINER.iter().any(|name| sources.environment.get(name).is_some())
}

/// Returns the variable that overrides a web identity property of the profile, if it is set.
pub(super) fn web_identity(sources: &Sources<'_>, property: &str) -> Option<Setting> {
    let variable = match property {
        "web_identity_token_file" => "AWS_WEB_IDENTITY_TOKEN_FILE",
        "role_arn" => "AWS_ROLE_ARN",
        "role_session_name" => "AWS_ROLE_SESSION_NAME",
        _ => return None,
    };
    sources.variable(variable)
}
