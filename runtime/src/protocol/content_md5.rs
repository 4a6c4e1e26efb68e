//! The header `Content-MD5`, for operations whose model requires a checksum of the body.
//!
//! The checksum detects damage in transit. It does not protect against attackers; the signature
//! does.

use http::{HeaderName, HeaderValue};

use crate::RequestBody;

pub(crate) const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");

/// Returns the value of the header for a body.
pub(crate) fn value_of(
    body: &RequestBody,
) -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    let mut checksum = md5::Context::new();
    body.chunks().for_each(|chunk| checksum.consume(chunk));
    base64_simd::STANDARD.encode_to_string(*checksum.finalize()).try_into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_has_the_digest_in_base64() {
        assert_eq!(value_of(&"{\"a\":1}".into()).expect("a value"), "u2y1xo30ZSlByvZSo2by2A==");
    }
}
