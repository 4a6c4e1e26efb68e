//! The hash of a body.

use ring::digest;

use crate::RequestBody;
use crate::sigv4::hex_hash::HexHash;

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
            Payload::Unsigned => "UNSIGNED-PAYLOAD",
            Payload::Signed(hash) => hash.as_str(),
        }
    }
}

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
