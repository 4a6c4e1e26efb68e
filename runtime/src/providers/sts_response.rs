//! Reads the credentials in responses of STS.

use std::time::SystemTime;

use crate::clients::sts::types::{AssumedRoleUser, Credentials as StsCredentials};
use crate::credentials::credentials::Credentials;
use crate::providers::credentials_object::unexpired;

/// Returns the credentials of a response, or an error if they are incomplete or expired.
pub(super) fn credentials(
    found: Option<StsCredentials>,
    user: Option<AssumedRoleUser>,
    provider_name: &'static str,
) -> Result<Credentials, String> {
    let found = found.ok_or("the response contains no credentials")?;
    let StsCredentials { access_key_id, secret_access_key, session_token, expiration } = found;
    if [&access_key_id, &secret_access_key, &session_token].iter().any(|text| text.is_empty()) {
        return Err("the credentials in the response are incomplete".to_owned());
    }
    let expiration = unexpired(SystemTime::try_from(expiration).ok())?;
    let token = Some(session_token);
    let credentials =
        Credentials::new(access_key_id, secret_access_key, token, Some(expiration), provider_name);
    // For example, arn:aws:sts::123456789012:assumed-role/role/session.
    let account_id = user.as_ref().and_then(|user| user.arn.split(':').nth(4));
    Ok(match account_id.filter(|id| !id.is_empty()) {
        Some(account_id) => credentials.with_account_id(account_id),
        None => credentials,
    })
}
