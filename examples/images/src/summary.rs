//! The results of pushes and pulls.

use crate::{Blob, BlobStatus, Digest, Image};

/// The result of a push or a pull.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// The digest of the image.
    pub digest: Digest,
    /// The number of manifests and indexes.
    pub manifests: usize,
    /// The moved blobs.
    pub moved: Amount,
    /// The blobs that were already present at the destination.
    pub present: Amount,
    /// The number of foreign layers that were not moved, because the source does not have them.
    pub foreign: usize,
    /// The digests of images that are no longer in `index.json`, because a pull replaced their
    /// entries with one of the same name.
    pub replaced: Vec<String>,
}

/// A number of blobs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Amount {
    /// The number of blobs.
    pub blobs: usize,
    /// Their total size in bytes.
    pub bytes: u64,
}

impl Summary {
    pub(crate) fn of(image: &Image) -> Self {
        Self {
            digest: image.digest(),
            manifests: image.manifests().len(),
            moved: Amount::default(),
            present: Amount::default(),
            foreign: image.foreign(),
            replaced: Vec::new(),
        }
    }

    pub(crate) fn count(&mut self, blob: &Blob, status: BlobStatus) {
        let amount = match status {
            BlobStatus::Moved => &mut self.moved,
            BlobStatus::AlreadyPresent => &mut self.present,
        };
        amount.blobs += 1;
        amount.bytes = amount.bytes.saturating_add(blob.size);
    }
}
