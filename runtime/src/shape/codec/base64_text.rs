//! The codec for base64-encoded strings.

use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Serialize, Serializer};

use crate::Blob;
use crate::format::mismatch::mismatch;
use crate::shape::codec::codec::Codec;

/// A base64-encoded string. Headers use it for strings with a media type, for example JSON.
#[derive(Debug)]
pub enum Base64Text {}

impl Codec<String> for Base64Text {
    fn serialize<S: Serializer>(value: &String, serializer: S) -> Result<S::Ok, S::Error> {
        Blob::from(value.as_str()).serialize(serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        let bytes = Blob::deserialize(deserializer)?;
        String::from_utf8(bytes.into())
            .map_err(|_| mismatch("base64-encoded text", "base64-encoded binary data"))
    }
}
