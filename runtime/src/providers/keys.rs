//! Access keys in environment variables or in a profile.

use std::fmt;

use crate::credentials::clock::Clock;
use crate::credentials::credentials::Credentials;
use crate::credentials::error::CredentialsError;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::providers::credentials_object::{check_expiration, parse_expiration};
use crate::providers::plan::Keys;
use crate::settings::setting::{Origin, Setting};

/// Provides the keys until they expire. Settings are read once, so there are no newer keys.
pub(super) struct KeysProvider {
    /// The keys, or the reason their expiration cannot be used.
    keys: Result<Credentials, String>,
    /// Where the expiration is configured.
    expiration_origin: Option<Origin>,
    clock: Clock,
}

impl KeysProvider {
    pub(super) fn new(keys: &Keys, clock: Clock) -> Self {
        let expiration_origin = keys.expiration.as_ref().map(|setting| setting.origin.clone());
        Self { keys: credentials(keys), expiration_origin, clock }
    }

    /// Returns the keys, or an error if they are expired.
    fn get(&self) -> Result<Credentials, String> {
        let keys = self.keys.clone()?;
        if let (Some(expiration), Some(origin)) = (keys.expiration(), &self.expiration_origin) {
            check_expiration(expiration, self.clock.now())
                .map_err(|problem| format!("{origin}: {problem}"))?;
        }
        Ok(keys)
    }
}

fn credentials(keys: &Keys) -> Result<Credentials, String> {
    let parse = |Setting { value, origin }: &Setting| {
        parse_expiration(value).map_err(|problem| format!("{origin}: {problem}"))
    };
    let expiration = keys.expiration.as_ref().map(parse).transpose()?;
    let token = keys.session_token.as_ref().map(|token| token.value.clone());
    let provider = match keys.access_key_id.origin {
        Origin::Variable(_) => "environment",
        _ => "profile",
    };
    let (key_id, secret) = (&keys.access_key_id.value, &keys.secret_access_key.value);
    let found = Credentials::new(key_id.as_str(), secret.as_str(), token, expiration, provider);
    Ok(match &keys.account_id {
        Some(account_id) => found.with_account_id(account_id.value.as_str()),
        None => found,
    })
}

impl ProvideCredentials for KeysProvider {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        CredentialsFuture::ready(self.get().map_err(CredentialsError::failed))
    }
}

/// Omits the keys.
impl fmt::Debug for KeysProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeysProvider")
    }
}

#[cfg(test)]
#[path = "keys_tests.rs"]
mod tests;
