//! A SHA-256 hash in lowercase hexadecimal.

use std::fmt;

use crate::hex;

/// The digits of a hash. They are not on the heap, because each signature needs several hashes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct HexHash([u8; 64]);

impl HexHash {
    /// Formats a hash, which has 32 bytes.
    pub(super) fn new(hash: &[u8]) -> Self {
        let mut text = [b'0'; 64];
        for (digits, byte) in text.chunks_exact_mut(2).zip(hash) {
            digits.copy_from_slice(&hex::digits(*byte));
        }
        Self(text)
    }

    /// Reads 64 lowercase hexadecimal digits.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let digits = text.as_bytes().try_into().ok()?;
        text.bytes().all(is_digit).then_some(Self(digits))
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for HexHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}
