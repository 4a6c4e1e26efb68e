//! The hash of a body.

use std::fmt;
use std::str::FromStr;

use ring::digest;

use crate::RequestBody;
use crate::sigv4::hex_hash::HexHash;

/// The value of the header for a body that is not part of the signature.
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// The hash of a body, which is part of the signature. It is a separate value so that it can be
/// computed once for all attempts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayloadHash(Payload);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Payload {
    Unsigned,
    Signed(HexHash),
}

impl PayloadHash {
    /// Excludes the body from the signature, if the service allows it. Presigned URLs of S3 always
    /// use this value, because the body is not known in advance.
    pub const UNSIGNED: Self = Self(Payload::Unsigned);

    /// Returns the SHA-256 hash of a body. For a request without a body, pass an empty slice.
    #[must_use]
    pub fn of(body: &[u8]) -> Self {
        Self(Payload::Signed(HexHash::new(digest::digest(&digest::SHA256, body).as_ref())))
    }

    /// Returns the SHA-256 hash of a body without encoding it as a whole.
    pub(crate) fn of_body(body: &RequestBody) -> Self {
        let mut hash = digest::Context::new(&digest::SHA256);
        body.chunks().for_each(|chunk| hash.update(&chunk));
        Self(Payload::Signed(HexHash::new(hash.finish().as_ref())))
    }

    /// Returns the value of the header `x-amz-content-sha256`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Payload::Unsigned => UNSIGNED_PAYLOAD,
            Payload::Signed(hash) => hash.as_str(),
        }
    }
}

/// Prints the value of the header `x-amz-content-sha256`.
impl fmt::Display for PayloadHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Reads a SHA-256 hash that was computed elsewhere, as 64 lowercase hexadecimal digits, or
/// `UNSIGNED-PAYLOAD`.
impl FromStr for PayloadHash {
    type Err = ParsePayloadHashError;

    fn from_str(text: &str) -> Result<Self, ParsePayloadHashError> {
        if text == UNSIGNED_PAYLOAD {
            return Ok(Self::UNSIGNED);
        }
        let hash = HexHash::parse(text).ok_or(ParsePayloadHashError(()))?;
        Ok(Self(Payload::Signed(hash)))
    }
}

/// The error of parsing a [`PayloadHash`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsePayloadHashError(());

impl fmt::Display for ParsePayloadHashError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not a payload hash: expected UNSIGNED-PAYLOAD, or 64 lowercase hexadecimal digits",
        )
    }
}

impl std::error::Error for ParsePayloadHashError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_sha_256_in_lower_case() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!([PayloadHash::of(b"").as_str(), PayloadHash::of(b"abc").as_str()], [empty, abc]);
    }
}
