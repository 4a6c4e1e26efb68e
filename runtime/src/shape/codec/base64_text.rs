//! The codec of strings that are encoded as base64.

use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Serialize, Serializer};

use crate::Blob;
use crate::shape::codec::codec::Codec;
use crate::shape::mismatch::mismatch;

/// A string encoded as base64: a string with a media type in a header, for example JSON.
#[derive(Debug)]
pub enum Base64Text {}

impl Codec<String> for Base64Text {
    fn serialize<S: Serializer>(value: &String, serializer: S) -> Result<S::Ok, S::Error> {
        Blob::from(value.as_str()).serialize(serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        let bytes = Blob::deserialize(deserializer)?;
        String::from_utf8(bytes.into())
            .map_err(|_| mismatch("base64 of a text", "base64 of binary data"))
    }
}
