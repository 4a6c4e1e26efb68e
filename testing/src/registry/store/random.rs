//! Unguessable ids of uploads, downloads and logos, and passwords.

use ring::rand::{SecureRandom, SystemRandom};

use super::digest::hex;
use super::error::ApiError;

/// 16 random bytes.
fn bytes() -> Result<[u8; 16], ApiError> {
    let mut bytes = [0; 16];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled
        .map_err(|_| ApiError::new("ServerException", "the system provides no random numbers"))?;
    Ok(bytes)
}

/// 32 hexadecimal digits.
pub(in crate::registry) fn token() -> Result<String, ApiError> {
    Ok(hex(&bytes()?))
}

/// A UUID of version 4.
pub(in crate::registry) fn uuid() -> Result<String, ApiError> {
    let mut bytes = bytes()?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = hex(&bytes);
    Ok(format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]))
}

#[cfg(test)]
mod tests {
    use super::super::names::check_upload;
    use super::uuid;

    #[test]
    fn a_uuid_is_a_valid_upload_id() {
        let [one, other] = [uuid().unwrap_or_default(), uuid().unwrap_or_default()];
        assert!(check_upload(&one).is_ok(), "{one}");
        assert_eq!(&one[14..15], "4");
        assert_ne!(one, other);
    }
}
