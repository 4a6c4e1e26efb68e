//! Descriptors: references between the documents of an image.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Digest, Platform};

/// Prefixes of the media types of layers that registries do not store. Container runtimes download them
/// from their vendors.
const FOREIGN: [&str; 2] = [
    "application/vnd.docker.image.rootfs.foreign.",
    "application/vnd.oci.image.layer.nondistributable.",
];

/// The annotation with the name of an entry of `index.json`.
pub(crate) const REF_NAME: &str = "org.opencontainers.image.ref.name";

/// A reference to a manifest or a blob. Unknown members are dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// Annotations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotations: Option<BTreeMap<String, String>>,
}

impl Descriptor {
    /// Creates a descriptor without platform and annotations.
    #[must_use]
    pub fn new(media_type: impl Into<String>, digest: Digest, size: u64) -> Self {
        Self { media_type: media_type.into(), digest, size, platform: None, annotations: None }
    }

    /// The name of the image, in entries of `index.json` that have one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.annotations.as_ref()?.get(REF_NAME).map(String::as_str)
    }

    /// Sets the name of the image.
    #[must_use]
    pub(crate) fn named(mut self, name: &str) -> Self {
        let annotations = self.annotations.get_or_insert_default();
        annotations.insert(REF_NAME.to_owned(), name.to_owned());
        self
    }

    /// Returns `true` for a layer that registries do not store. `urls` alone do not imply that.
    pub(crate) fn is_foreign(&self) -> bool {
        FOREIGN.iter().any(|prefix| self.media_type.starts_with(prefix))
    }
}
