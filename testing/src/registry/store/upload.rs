//! The pending upload of a layer. Each part is hashed when it arrives and stored without copying.

use bytes::Bytes;

use super::digest::{Digest, Hash};
use super::error::ApiError;
use super::layers::{Layer, PartSizes, signed};

/// A part of a layer, with the range of bytes that the client states.
pub(in crate::registry) struct LayerPart {
    pub first: i64,
    pub last: i64,
    pub content: Bytes,
}

/// A part that does not follow the previous one.
pub(in crate::registry) struct InvalidPart {
    pub reason: String,
    /// The position of the last received byte; `None` if there is none.
    pub last_received: Option<i64>,
}

/// A pending upload.
#[derive(Clone)]
pub(in crate::registry) struct Upload {
    parts: Vec<Bytes>,
    size: u64,
    hash: Hash,
    /// The size of the smallest part that is not the last one.
    smallest: u64,
}

impl Upload {
    pub(super) fn new() -> Self {
        Self { parts: Vec::new(), size: 0, hash: Hash::new(), smallest: u64::MAX }
    }

    /// How many bytes were received.
    pub(in crate::registry) fn size(&self) -> u64 {
        self.size
    }

    pub(super) fn into_layer(self) -> Layer {
        Layer { parts: self.parts, size: self.size }
    }

    /// Adds a part after checking its range, and returns the position of its last byte.
    pub(in crate::registry) fn add(&mut self, part: LayerPart) -> Result<i64, InvalidPart> {
        let (size, length) = (signed(self.size), signed(part.content.len() as u64));
        let invalid_part =
            |reason| Err(InvalidPart { reason, last_received: (size > 0).then(|| size - 1) });
        if part.first != size {
            return invalid_part(format!(
                "the next part must start at byte {size}, not at {}",
                part.first
            ));
        }
        if length == 0 || part.last != size.saturating_add(length - 1) {
            return invalid_part(format!(
                "the part has {length} bytes, but its range is from byte {} to byte {}",
                part.first, part.last
            ));
        }
        self.append(part.content);
        Ok(part.last)
    }

    /// Adds content of any length.
    pub(in crate::registry) fn append(&mut self, content: Bytes) {
        if content.is_empty() {
            return;
        }
        if let Some(previous) = self.parts.last() {
            self.smallest = self.smallest.min(previous.len() as u64);
        }
        self.hash.add(&content);
        self.size += content.len() as u64;
        self.parts.push(content);
    }

    /// Adds the last content, which must complete the layer with this digest, and returns the layer.
    /// The parts may have any size.
    pub(in crate::registry) fn finish(
        mut self,
        last: Bytes,
        digest: &Digest,
    ) -> Result<Layer, ApiError> {
        self.append(last);
        self.check_content(std::slice::from_ref(digest))?;
        Ok(self.into_layer())
    }

    /// Checks the sizes of the parts and of the layer, and returns its digest.
    pub(super) fn check(&self, digests: &[Digest], sizes: PartSizes) -> Result<Digest, ApiError> {
        if self.smallest < sizes.minimum {
            let message = format!(
                "a part has {} bytes; all parts but the last one must have at least {}",
                self.smallest, sizes.minimum
            );
            return Err(ApiError::new("LayerPartTooSmallException", message));
        }
        self.check_content(digests)
    }

    /// Checks that the layer is not empty and has all of these digests, and returns its digest.
    fn check_content(&self, digests: &[Digest]) -> Result<Digest, ApiError> {
        if self.size == 0 {
            return Err(ApiError::new("EmptyUploadException", "the layer has no content"));
        }
        let digest = self.hash.digest();
        match digests.iter().find(|expected| **expected != digest) {
            None => Ok(digest),
            Some(expected) => Err(ApiError::new(
                "InvalidLayerException",
                format!(
                    "the digest of the {} received bytes is {digest}, not {expected}",
                    self.size
                ),
            )),
        }
    }
}
