//! Blobs: the layers and configurations of images.

use crate::{Descriptor, Digest};

/// A layer or a configuration, which is moved without being parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Blob {
    /// The digest of its content.
    pub digest: Digest,
    /// The size in bytes.
    pub size: u64,
    /// The media type in the manifest.
    pub media_type: String,
    /// The content in base64, if the manifest contains it.
    pub data: Option<String>,
}

impl From<&Descriptor> for Blob {
    fn from(descriptor: &Descriptor) -> Self {
        let Descriptor { digest, size, ref media_type, ref data, .. } = *descriptor;
        Self { digest, size, media_type: media_type.clone(), data: data.clone() }
    }
}
