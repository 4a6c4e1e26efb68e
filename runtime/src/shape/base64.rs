//! Base64, the text form of blobs.

use std::borrow::Cow;
use std::fmt;

use base64_simd::STANDARD;

/// The number of bytes that are encoded at once. It is a multiple of three, so that chunks need no
/// padding.
const CHUNK_SIZE: usize = 48 * 1024;

/// Prints bytes as base64 in chunks, so that the text of a large blob is not held in memory.
pub(super) struct Base64<'a>(pub(super) &'a [u8]);

impl fmt::Display for Base64<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chunks = self.0.chunks(CHUNK_SIZE);
        chunks.try_for_each(|chunk| f.write_str(&STANDARD.encode_to_string(chunk)))
    }
}

/// Encodes bytes as padded base64.
pub(super) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode_to_string(bytes)
}

/// Decodes padded or unpadded base64.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, ParseBase64Error> {
    let padding = match text.len() % 4 {
        2 if !text.ends_with('=') => "==",
        3 if !text.ends_with('=') => "=",
        _ => "",
    };
    let padded = match padding {
        "" => Cow::Borrowed(text),
        padding => Cow::Owned([text, padding].concat()),
    };
    STANDARD.decode_to_vec(padded.as_ref()).map_err(|_| ParseBase64Error(()))
}

/// The error of [`Blob::from_base64`](crate::Blob::from_base64).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseBase64Error(());

impl fmt::Display for ParseBase64Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not valid base64 (RFC 4648, section 4)")
    }
}

impl std::error::Error for ParseBase64Error {}
