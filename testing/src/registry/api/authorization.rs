//! Authorization tokens for container engines. They are well-formed, but the registry does not check
//! them.

use longshore::Blob;
use longshore::Timestamp;

use crate::registry::store::error::ApiError;
use crate::registry::store::random;

/// The lifetime of a token, in seconds.
const LIFETIME: i64 = 12 * 60 * 60;

/// Base64 of user and password, as in HTTP basic authentication.
pub(super) fn token() -> Result<String, ApiError> {
    Ok(base64(format!("AWS:{}", random::token()?)))
}

/// When a token issued now expires.
pub(super) fn expires_at(now: Timestamp) -> Timestamp {
    Timestamp::from_seconds(now.seconds().saturating_add(LIFETIME))
}

/// Encodes base64 with the codec of the runtime for blobs, which saves a dependency.
fn base64(text: String) -> String {
    let json = serde_json::to_value(Blob::from(text)).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn text_is_encoded_as_base64() {
        assert_eq!(super::base64("AWS:x".to_owned()), "QVdTOng=");
    }
}
