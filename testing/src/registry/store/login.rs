//! What a container engine would log in with: of the right form, and good for nothing here.

use super::random;
use super::refusal::Refusal;
use longshore::Blob;
use longshore::Timestamp;

/// For how long the services give tokens, in seconds.
const GOOD_FOR: i64 = 12 * 60 * 60;

/// A user and a password in base64, as in HTTP's basic authorization.
pub(in crate::registry) fn token() -> Result<String, Refusal> {
    Ok(base64(format!("AWS:{}", random::token()?)))
}

/// When a token of now ends.
pub(in crate::registry) fn expires(now: Timestamp) -> Timestamp {
    Timestamp::from_seconds(now.seconds().saturating_add(GOOD_FOR))
}

/// The runtime writes base64 wherever JSON has bytes, so no other crate is needed for it.
fn base64(text: String) -> String {
    let json = serde_json::to_value(Blob::from(text)).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn base64_is_that_of_the_wire() {
        assert_eq!(super::base64("AWS:x".to_owned()), "QVdTOng=");
    }
}
