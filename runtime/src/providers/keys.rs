//! Access keys in environment variables or in a profile.

use crate::credentials::credentials::Credentials;
use crate::providers::credentials_object::unexpired_text;
use crate::providers::lookup::Lookup;
use crate::providers::plan::Keys;
use crate::settings::setting::Origin;

/// Returns the credentials, or an error if they are expired.
pub(super) fn look_up(keys: &Keys) -> Lookup {
    let expiration = keys.expiration.as_ref().map(|expiration| {
        unexpired_text(&expiration.value)
            .map_err(|problem| format!("{}: {problem}", expiration.origin))
    });
    let expiration = match expiration.transpose() {
        Ok(expiration) => expiration,
        Err(problem) => return Lookup::Misconfigured(problem),
    };
    let token = keys.session_token.as_ref().map(|token| token.value.clone());
    let provider = match keys.access_key_id.origin {
        Origin::Variable(_) => "environment",
        _ => "profile",
    };
    let (key_id, secret) = (&keys.access_key_id.value, &keys.secret_access_key.value);
    let found = Credentials::new(key_id.as_str(), secret.as_str(), token, expiration, provider);
    Lookup::Found(match &keys.account_id {
        Some(account_id) => found.with_account_id(account_id.value.as_str()),
        None => found,
    })
}
