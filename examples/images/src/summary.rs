//! What a transfer did, in numbers.

use crate::{Blob, Digest, Image, Outcome};

/// What a finished push or pull has done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// The digest of the image.
    pub digest: Digest,
    /// How many manifests and indexes the image has.
    pub manifests: usize,
    /// The blobs that were moved.
    pub moved: Amount,
    /// The blobs that were there before.
    pub there: Amount,
    /// How many layers stayed where they are because no registry keeps them.
    pub foreign: usize,
}

/// Some blobs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Amount {
    /// How many they are.
    pub blobs: usize,
    /// The bytes of all of them.
    pub bytes: u64,
}

impl Summary {
    pub(crate) fn of(image: &Image) -> Self {
        Self {
            digest: image.digest(),
            manifests: image.manifests().len(),
            moved: Amount::default(),
            there: Amount::default(),
            foreign: image.foreign(),
        }
    }

    pub(crate) fn count(&mut self, blob: &Blob, outcome: Outcome) {
        let amount = match outcome {
            Outcome::Moved => &mut self.moved,
            Outcome::AlreadyThere => &mut self.there,
        };
        amount.blobs += 1;
        amount.bytes = amount.bytes.saturating_add(blob.size);
    }
}
