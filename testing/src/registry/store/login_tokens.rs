//! The authorization tokens that container engines log in with.

use std::collections::HashMap;

use longshore::{Blob, Timestamp};

use super::error::ApiError;
use super::random;

/// The user name of every token.
pub(in crate::registry) const USER: &str = "AWS";

/// The lifetime of a token, in seconds.
const LIFETIME: i64 = 12 * 60 * 60;

/// A token that was just issued.
pub(in crate::registry) struct LoginToken {
    pub password: String,
    /// Base64 of user and password, as in HTTP basic authentication.
    pub encoded: String,
    pub expires: Timestamp,
}

/// The tokens that a registry has issued.
#[derive(Default)]
pub(in crate::registry) struct LoginTokens {
    /// When each token expires, by its encoded form.
    expirations: HashMap<String, Timestamp>,
}

impl LoginTokens {
    /// Issues a token, and removes expired ones.
    pub(in crate::registry) fn issue(&mut self, now: Timestamp) -> Result<LoginToken, ApiError> {
        let password = random::token()?;
        let encoded = base64(format!("{USER}:{password}"));
        let expires = Timestamp::from_seconds(now.seconds().saturating_add(LIFETIME));
        self.expirations.retain(|_, expires| is_before(now, *expires));
        self.expirations.insert(encoded.clone(), expires);
        Ok(LoginToken { password, encoded, expires })
    }

    /// Returns `true` for a token that was issued and has not expired.
    pub(in crate::registry) fn is_valid(&self, encoded: &str, now: Timestamp) -> bool {
        self.expirations.get(encoded).is_some_and(|expires| is_before(now, *expires))
    }
}

fn is_before(now: Timestamp, expires: Timestamp) -> bool {
    now.seconds() < expires.seconds()
}

/// Encodes base64 with the codec of the runtime for blobs, which saves a dependency.
fn base64(text: String) -> String {
    let json = serde_json::to_value(Blob::from(text)).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use longshore::Timestamp;

    use super::LoginTokens;

    #[test]
    fn text_is_encoded_as_base64() {
        assert_eq!(super::base64("AWS:x".to_owned()), "QVdTOng=");
    }

    #[test]
    fn a_token_is_valid_for_12_hours() {
        let mut tokens = LoginTokens::default();
        let start = Timestamp::from_seconds(1_000);
        let encoded = tokens.issue(start).map(|token| token.encoded).unwrap_or_default();
        assert!(tokens.is_valid(&encoded, Timestamp::from_seconds(1_000 + 43_199)));
        assert!(!tokens.is_valid(&encoded, Timestamp::from_seconds(1_000 + 43_200)));
        assert!(!tokens.is_valid("QVdTOng=", start));
        let _ = tokens.issue(Timestamp::from_seconds(1_000 + 43_200));
        assert_eq!(tokens.expirations.len(), 1, "the expired token is removed");
    }
}
