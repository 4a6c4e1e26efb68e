//! How one document of an image names another: what it is, its digest and its size.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Digest, Platform};

/// Layers with one of these beginnings are not kept in registries: whoever runs the image fetches
/// them from their makers.
const FOREIGN: [&str; 2] = [
    "application/vnd.docker.image.rootfs.foreign.",
    "application/vnd.oci.image.layer.nondistributable.",
];

/// The annotation that gives an entry of `index.json` its name.
pub(crate) const REF_NAME: &str = "org.opencontainers.image.ref.name";

/// A reference to a manifest or a blob. Members that are of no use here are not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Descriptor {
    /// What the content is.
    pub media_type: String,
    /// The digest of the content.
    pub digest: Digest,
    /// How many bytes the content has.
    pub size: u64,
    /// What the image runs on, where the content is a manifest in an index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// What else is said of the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotations: Option<BTreeMap<String, String>>,
}

impl Descriptor {
    /// A descriptor without platform and annotations.
    #[must_use]
    pub fn new(media_type: impl Into<String>, digest: Digest, size: u64) -> Self {
        Self { media_type: media_type.into(), digest, size, platform: None, annotations: None }
    }

    /// The name of the image, where this is an entry of `index.json` that has one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.annotations.as_ref()?.get(REF_NAME).map(String::as_str)
    }

    /// The same under a name.
    #[must_use]
    pub(crate) fn named(mut self, name: &str) -> Self {
        let annotations = self.annotations.get_or_insert_default();
        annotations.insert(REF_NAME.to_owned(), name.to_owned());
        self
    }

    /// Whether this is a layer that no registry keeps. Further `urls` alone do not make it one: the
    /// content may be there all the same.
    pub(crate) fn is_foreign(&self) -> bool {
        FOREIGN.iter().any(|beginning| self.media_type.starts_with(beginning))
    }
}
