//! A layer or a configuration: what is moved as bytes, in contrast to manifests.

use crate::{Descriptor, Digest};

/// Content that an image needs and that no one looks into.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Blob {
    /// The digest of its content.
    pub digest: Digest,
    /// How many bytes it has.
    pub size: u64,
    /// What it is, as the manifest says.
    pub media_type: String,
}

impl From<&Descriptor> for Blob {
    fn from(descriptor: &Descriptor) -> Self {
        let Descriptor { digest, size, ref media_type, .. } = *descriptor;
        Self { digest, size, media_type: media_type.clone() }
    }
}
