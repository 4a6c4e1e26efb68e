//! An access key, its secret and, for temporary credentials, the session token.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::Redacted;

/// How long before the expiration credentials are no longer used, because a request takes time to
/// reach the service.
pub(super) const EXPIRY_MARGIN: Duration = Duration::from_secs(10);

/// The credentials that requests are signed with. Clones share their values.
///
/// ```
/// use longshore_runtime::Credentials;
///
/// let credentials = Credentials::new("AKIDEXAMPLE", "a secret key", None, None, "example");
/// assert_eq!(credentials.access_key_id(), "AKIDEXAMPLE");
/// assert!(!format!("{credentials:?}").contains("a secret key"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials(Arc<Values>);

#[derive(Clone, PartialEq, Eq)]
struct Values {
    access_key_id: String,
    secret_access_key: String,
    session_token: Option<String>,
    expiration: Option<SystemTime>,
    account_id: Option<String>,
    provider_name: &'static str,
}

impl Credentials {
    /// Creates credentials. `expiration` is `None` if they do not expire, and `provider_name`
    /// identifies their source in debug output.
    #[must_use]
    pub fn new(
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        session_token: Option<String>,
        expiration: Option<SystemTime>,
        provider_name: &'static str,
    ) -> Self {
        Self(Arc::new(Values {
            access_key_id: access_key_id.into(),
            secret_access_key: secret_access_key.into(),
            session_token,
            expiration,
            account_id: None,
            provider_name,
        }))
    }

    /// Sets the ID of the account that the credentials belong to. It is used for account-based
    /// endpoints; see [`AccountIdEndpointMode`](crate::AccountIdEndpointMode).
    #[must_use]
    pub fn with_account_id(mut self, account_id: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).account_id = Some(account_id.into());
        self
    }

    /// Returns the access key ID, which is not a secret.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.0.access_key_id
    }

    /// Returns the secret access key.
    #[must_use]
    pub fn secret_access_key(&self) -> &str {
        &self.0.secret_access_key
    }

    /// Returns the session token of temporary credentials.
    #[must_use]
    pub fn session_token(&self) -> Option<&str> {
        self.0.session_token.as_deref()
    }

    /// Returns the time at which the credentials expire; `None` if they do not expire.
    #[must_use]
    pub fn expiration(&self) -> Option<SystemTime> {
        self.0.expiration
    }

    /// Returns true if the credentials have expired, or may expire before a request that is signed
    /// with them has reached the service.
    pub(crate) fn expires_soon(&self, now: SystemTime) -> bool {
        self.0.expiration.is_some_and(|expiration| expiration <= now + EXPIRY_MARGIN)
    }

    /// Returns the ID of the account that the credentials belong to, if the provider reported it.
    #[must_use]
    pub fn account_id(&self) -> Option<&str> {
        self.0.account_id.as_deref()
    }

    /// Returns the name of the provider, such as `environment`.
    #[must_use]
    pub fn provider_name(&self) -> &'static str {
        self.0.provider_name
    }
}

/// Omits the secret access key and the session token.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &self.access_key_id())
            .field("secret_access_key", &Redacted)
            .field("session_token", &self.session_token().map(|_| Redacted))
            .field("expiration", &self.expiration())
            .field("account_id", &self.account_id())
            .field("provider_name", &self.provider_name())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_contains_no_secret() {
        let expiration = Some(SystemTime::UNIX_EPOCH);
        let token = Some("a-token".to_owned());
        let credentials = Credentials::new("AKID", "a-secret", token, expiration, "test");
        let text = format!("{:?}", credentials.with_account_id("123456789012"));
        assert!(text.contains("AKID") && text.contains("123456789012"), "{text}");
        assert!(!text.contains("a-secret") && !text.contains("a-token"), "{text}");
    }

    #[test]
    fn an_account_id_does_not_change_clones() {
        let first = Credentials::new("AKID", "secret", None, None, "test");
        let second = first.clone().with_account_id("1");
        assert_eq!((first.account_id(), second.account_id()), (None, Some("1")));
    }
}
