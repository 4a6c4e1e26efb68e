//! Bytes of any kind, in base64 on the wire.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use aws_smithy_types::base64;
use bytes::Bytes;
use serde_core::de::{Deserialize, Deserializer, Error, Visitor};
use serde_core::ser::{Serialize, Serializer};

/// Bytes. A clone shares them with the original. On the wire they are base64, which is read with
/// and without the padding at its end.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Blob(Bytes);

/// How many bytes are encoded at a time: a multiple of three, so that the pieces of base64 fit
/// together without padding between them.
const PIECE: usize = 48 * 1024;

/// How many bytes `Debug` shows.
const SHOWN: usize = 64;

impl Blob {
    /// Bytes that are part of the program.
    #[must_use]
    pub const fn from_static(bytes: &'static [u8]) -> Self {
        Self(Bytes::from_static(bytes))
    }

    /// The bytes, without copying them.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.0
    }
}

impl Deref for Blob {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Blob {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Bytes> for Blob {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<String> for Blob {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&[u8]> for Blob {
    fn from(bytes: &[u8]) -> Self {
        Self(Bytes::copy_from_slice(bytes))
    }
}

impl<const N: usize> From<&[u8; N]> for Blob {
    fn from(bytes: &[u8; N]) -> Self {
        Self(Bytes::copy_from_slice(bytes))
    }
}

impl From<&str> for Blob {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

impl From<Blob> for Bytes {
    fn from(blob: Blob) -> Self {
        blob.0
    }
}

impl From<Blob> for Vec<u8> {
    fn from(blob: Blob) -> Self {
        blob.0.into()
    }
}

/// The length and the first bytes, as in a byte string literal.
impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = &self.0[..self.0.len().min(SHOWN)];
        let dots = if shown.len() < self.0.len() { ".." } else { "" };
        write!(f, "Blob({} bytes, b\"{}\"{dots})", self.0.len(), shown.escape_ascii())
    }
}

/// Written piece by piece, so that a large blob is not in memory a second time in base64.
impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&Base64(&self.0))
    }
}

struct Base64<'a>(&'a [u8]);

impl fmt::Display for Base64<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chunks(PIECE).try_for_each(|piece| f.write_str(&base64::encode(piece)))
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(BlobVisitor)
    }
}

struct BlobVisitor;

impl Visitor<'_> for BlobVisitor {
    type Value = Blob;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string of base64")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Blob, E> {
        let padding = match value.len() % 4 {
            2 if !value.ends_with('=') => "==",
            3 if !value.ends_with('=') => "=",
            _ => "",
        };
        let padded = match padding {
            "" => Cow::Borrowed(value),
            padding => Cow::Owned([value, padding].concat()),
        };
        match base64::decode(padded.as_ref()) {
            Ok(bytes) => Ok(Blob(bytes.into())),
            // The value may be a secret and may be large, so the message does not show it.
            Err(_) => Err(E::custom("a string that is not base64")),
        }
    }
}
