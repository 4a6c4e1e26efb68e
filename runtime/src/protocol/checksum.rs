//! Checksums of request bodies in a header, for operations whose model requires one.
//!
//! A checksum detects damage in transit. It does not protect against attackers; the signature does.

use http::header::InvalidHeaderValue;
use http::{HeaderName, HeaderValue};

use crate::RequestBody;

/// A checksum of request bodies. The enum is empty without the feature `content-md5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Checksum {
    /// The header `Content-MD5`.
    #[cfg(feature = "content-md5")]
    ContentMd5,
}

/// The [`Checksum`] of an operation in generated code, for example `checksum!(ContentMd5)`. Without
/// the feature `content-md5`, it is a compile error that explains how to enable it.
#[cfg(feature = "content-md5")]
#[macro_export]
macro_rules! checksum {
    ($checksum:ident) => {
        ::core::option::Option::Some($crate::Checksum::$checksum)
    };
}

/// The [`Checksum`] of an operation in generated code. Without the feature `content-md5`, it is a
/// compile error that explains how to enable it.
#[cfg(not(feature = "content-md5"))]
#[macro_export]
macro_rules! checksum {
    ($checksum:ident) => {{
        ::core::compile_error!(
            "an operation of this model requires a checksum of its requests, which needs the \
             feature `content-md5` of longshore-runtime: add `features = [\"content-md5\"]` to that \
             dependency in Cargo.toml, or leave the operation out"
        );
        ::core::option::Option::None
    }};
}

/// The header with the checksum.
pub(crate) const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");

impl Checksum {
    /// Returns the value of the header for a body.
    #[cfg(feature = "content-md5")]
    pub(crate) fn header_value(
        self,
        body: &RequestBody,
    ) -> Result<HeaderValue, InvalidHeaderValue> {
        let mut checksum = md5::Context::new();
        body.chunks().for_each(|chunk| checksum.consume(chunk));
        base64_simd::STANDARD.encode_to_string(*checksum.finalize()).try_into()
    }

    /// Without the feature, the enum has no values, so this is never called.
    #[cfg(not(feature = "content-md5"))]
    pub(crate) fn header_value(self, _: &RequestBody) -> Result<HeaderValue, InvalidHeaderValue> {
        match self {}
    }
}
