//! The header `Content-MD5`, for operations whose model requires a checksum of the body.
//!
//! The checksum detects damage in transit. It does not protect against attackers; the signature
//! does.

use http::{HeaderName, HeaderValue};

pub(crate) const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");

/// Returns the value of the header for a body.
pub(crate) fn value_of(body: &[u8]) -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    base64_simd::STANDARD.encode_to_string(*md5::compute(body)).try_into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_has_the_digest_in_base64() {
        assert_eq!(value_of(b"{\"a\":1}").expect("a value"), "u2y1xo30ZSlByvZSo2by2A==");
    }
}
