//! Binary data, base64-encoded in text formats.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use serde_core::de::{Deserialize, Deserializer, Error, Visitor};
use serde_core::ser::{Serialize, Serializer};

use crate::format::mismatch::mismatch;
use crate::format::shared_bytes;
use crate::shape::base64::{self, Base64, ParseBase64Error};

/// Binary data. Clones share the bytes. On the wire it is base64; both padded and unpadded base64
/// can be read.
///
/// A string converts to the blob of its UTF-8 bytes. Base64 has methods of its own instead of
/// `FromStr`, because `parse` could mean either:
///
/// ```
/// use longshore_runtime::Blob;
///
/// let blob = Blob::from("layer");
/// assert_eq!(blob.to_base64(), "bGF5ZXI=");
/// assert_eq!(Blob::from_base64("bGF5ZXI=")?, blob);
/// assert_eq!(serde_json::to_string(&blob)?, r#""bGF5ZXI=""#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Blob(Bytes);

/// The minimum length of a blob whose bytes a request shares instead of copying its base64. Below
/// it, a copy costs less than encoding twice, for the signature and for sending.
const LARGE: usize = 16 * 1024;

/// The maximum number of bytes that `Debug` prints.
const MAX_DEBUG_BYTES: usize = 64;

impl Blob {
    /// Creates a blob from static bytes, without copying them.
    #[must_use]
    pub const fn from_static(bytes: &'static [u8]) -> Self {
        Self(Bytes::from_static(bytes))
    }

    /// Decodes base64, padded or not.
    ///
    /// # Errors
    /// Returns an error if the text is not valid base64 with the standard alphabet.
    pub fn from_base64(text: &str) -> Result<Self, ParseBase64Error> {
        base64::decode(text).map(Self::from)
    }

    /// Encodes the bytes as padded base64.
    #[must_use]
    pub fn to_base64(&self) -> String {
        base64::encode(&self.0)
    }

    /// Returns the bytes, without copying them.
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

// These conversions do not copy the bytes.
macro_rules! from_owned {
    ($($owned:ty),*) => {
        $(impl From<$owned> for Blob {
            fn from(bytes: $owned) -> Self {
                Self(bytes.into())
            }
        })*
    };
}

from_owned!(Bytes, Vec<u8>, Box<[u8]>, String);

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

impl<const N: usize> From<[u8; N]> for Blob {
    fn from(bytes: [u8; N]) -> Self {
        Self(Bytes::copy_from_slice(&bytes))
    }
}

impl From<&str> for Blob {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

impl FromIterator<u8> for Blob {
    fn from_iter<I: IntoIterator<Item = u8>>(bytes: I) -> Self {
        Self(bytes.into_iter().collect())
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

impl IntoIterator for Blob {
    type Item = u8;
    type IntoIter = bytes::buf::IntoIter<Bytes>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Blob {
    type Item = &'a u8;
    type IntoIter = std::slice::Iter<'a, u8>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// Prints the length and the first bytes, as a byte string literal.
impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = &self.0[..self.0.len().min(MAX_DEBUG_BYTES)];
        let dots = if start.len() < self.0.len() { ".." } else { "" };
        write!(f, "Blob({} bytes, b\"{}\"{dots})", self.0.len(), start.escape_ascii())
    }
}

/// Serializers of this crate keep the bytes of a large blob and encode them later. For all others,
/// the base64 is written in chunks, so that a large blob is not held in memory a second time.
impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_large = self.0.len() >= LARGE;
        if serializer.is_human_readable() {
            let text = Base64(&self.0);
            if is_large {
                return shared_bytes::offer(&text, &self.0, || serializer.collect_str(&text));
            }
            serializer.collect_str(&text)
        } else if is_large {
            shared_bytes::offer(&self.0[..], &self.0, || serializer.serialize_bytes(&self.0))
        } else {
            serializer.serialize_bytes(&self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_str(BlobVisitor)
        } else {
            deserializer.deserialize_byte_buf(BlobVisitor)
        }
    }
}

struct BlobVisitor;

impl Visitor<'_> for BlobVisitor {
    type Value = Blob;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a base64 string")
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Blob, E> {
        Ok(bytes.into())
    }

    fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Blob, E> {
        Ok(bytes.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Blob, E> {
        Blob::from_base64(value)
            .map_err(|_| mismatch("a base64 string", "a string that is not base64"))
    }
}
