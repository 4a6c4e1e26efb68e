//! Descriptors: references between the documents of an image.

use std::collections::BTreeMap;

use serde::{Deserialize as _, Serialize};
use serde_json::Value;

use crate::{Digest, Platform};

/// Prefixes of the media types of layers that registries need not store. Container runtimes
/// download these layers from their vendors.
const FOREIGN: [&str; 2] = [
    "application/vnd.docker.image.rootfs.foreign.",
    "application/vnd.oci.image.layer.nondistributable.",
];

/// The annotation with the name of an entry of `index.json`, usually a tag.
pub(crate) const REF_NAME: &str = "org.opencontainers.image.ref.name";
/// The annotation with the full name of an entry of `index.json`: repository and tag. containerd
/// defined it, and Docker also writes and reads it.
pub(crate) const IMAGE_NAME: &str = "io.containerd.image.name";

/// A reference to a manifest or a blob. Unknown members are dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Descriptor {
    /// The media type of the content.
    pub media_type: String,
    /// The digest of the content.
    pub digest: Digest,
    /// The size of the content in bytes.
    pub size: u64,
    /// The platform of an image in an index.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// Annotations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<BTreeMap<String, String>>,
    /// The content in base64, if the descriptor contains it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
}

impl Descriptor {
    /// Creates a descriptor without optional members.
    #[must_use]
    pub fn new(media_type: impl Into<String>, digest: Digest, size: u64) -> Self {
        Self {
            media_type: media_type.into(),
            digest,
            size,
            platform: None,
            annotations: None,
            data: None,
        }
    }

    /// Reads a descriptor. Returns a message if a required member is missing or not supported. Invalid
    /// optional members are ignored, because moving an image does not need them.
    pub(crate) fn from_json(json: &Value) -> Result<Self, String> {
        let digest = text(json, "digest").ok_or("it has no digest")?;
        let digest = digest.parse().map_err(|error: crate::DigestError| error.to_string())?;
        let size = json.get("size").and_then(Value::as_u64).ok_or("it has no valid size")?;
        let media_type = text(json, "mediaType").ok_or("it has no mediaType")?.to_owned();
        let platform = json.get("platform").and_then(|json| Platform::deserialize(json).ok());
        let data = text(json, "data").map(str::to_owned);
        Ok(Self { media_type, digest, size, platform, annotations: annotations(json), data })
    }

    /// The tag or another short name of the image, in entries of `index.json` that have one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.annotation(REF_NAME)
    }

    /// The repository and the tag of the image, in entries of `index.json` that have them.
    #[must_use]
    pub fn image_name(&self) -> Option<&str> {
        self.annotation(IMAGE_NAME)
    }

    fn annotation(&self, key: &str) -> Option<&str> {
        self.annotations.as_ref()?.get(key).map(String::as_str)
    }

    /// Sets an annotation.
    #[must_use]
    pub(crate) fn annotated(mut self, key: &str, value: &str) -> Self {
        let annotations = self.annotations.get_or_insert_default();
        annotations.insert(key.to_owned(), value.to_owned());
        self
    }

    pub(crate) fn is_foreign(&self) -> bool {
        is_foreign(&self.media_type)
    }
}

/// Returns `true` for layers that registries need not store. The presence of `urls` does not imply
/// that.
pub(crate) fn is_foreign(media_type: &str) -> bool {
    FOREIGN.iter().any(|prefix| media_type.starts_with(prefix))
}

/// A member that is a string.
pub(crate) fn text<'a>(json: &'a Value, member: &str) -> Option<&'a str> {
    json.get(member).and_then(Value::as_str)
}

/// The annotations that are strings. Others are invalid, and are ignored.
fn annotations(json: &Value) -> Option<BTreeMap<String, String>> {
    let annotations = json.get("annotations")?.as_object()?.iter();
    let text =
        annotations.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())));
    Some(text.collect())
}
