//! The layers of a repository, and their uploads in parts. Each part is hashed when it arrives and
//! stored without copying.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;

use super::digest::{Digest, Hash};
use super::error::ApiError;
use super::random;

/// The part sizes of a registry, in bytes.
#[derive(Debug, Clone, Copy)]
pub(in crate::registry) struct PartSizes {
    /// The size that the registry suggests to clients.
    pub suggested: u64,
    /// The smallest size of a part other than the last one.
    pub minimum: u64,
}

/// A complete layer.
#[derive(Debug, Clone)]
pub(in crate::registry) struct Layer {
    pub parts: Vec<Bytes>,
    pub size: u64,
}

/// A pending upload.
struct Upload {
    parts: Vec<Bytes>,
    size: u64,
    hash: Hash,
    /// The size of the smallest part that is not the last one.
    smallest: u64,
}

/// The layers and the pending uploads of a repository.
#[derive(Default)]
pub(in crate::registry) struct Layers {
    complete: BTreeMap<Digest, Layer>,
    uploads: HashMap<String, Upload>,
}

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

impl Layers {
    pub(in crate::registry) fn get(&self, digest: &Digest) -> Option<&Layer> {
        self.complete.get(digest)
    }

    /// Starts an upload and returns its id.
    pub(in crate::registry) fn begin_upload(&mut self) -> Result<String, ApiError> {
        let upload = random::uuid()?;
        self.uploads.insert(
            upload.clone(),
            Upload { parts: Vec::new(), size: 0, hash: Hash::new(), smallest: u64::MAX },
        );
        Ok(upload)
    }

    /// Adds a part and returns the position of its last byte; `None` if the upload does not exist.
    pub(in crate::registry) fn add_part(
        &mut self,
        upload: &str,
        part: LayerPart,
    ) -> Option<Result<i64, InvalidPart>> {
        Some(self.uploads.get_mut(upload)?.add(part))
    }

    /// Completes an upload whose content must have all of these digests; `None` if the upload does not
    /// exist. A rejected upload stays pending, unless the layer already exists.
    pub(in crate::registry) fn complete_upload(
        &mut self,
        upload: &str,
        digests: &[Digest],
        sizes: PartSizes,
    ) -> Option<Result<Digest, ApiError>> {
        let digest = match self.uploads.get(upload)?.check(digests, sizes) {
            Ok(digest) => digest,
            Err(error) => return Some(Err(error)),
        };
        let Upload { parts, size, .. } = self.uploads.remove(upload)?;
        if self.complete.contains_key(&digest) {
            let message = format!("the layer {digest} already exists in the repository");
            return Some(Err(ApiError::new("LayerAlreadyExistsException", message)));
        }
        self.complete.insert(digest.clone(), Layer { parts, size });
        Some(Ok(digest))
    }
}

impl Upload {
    fn add(&mut self, part: LayerPart) -> Result<i64, InvalidPart> {
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
        if let Some(previous) = self.parts.last() {
            self.smallest = self.smallest.min(previous.len() as u64);
        }
        self.hash.add(&part.content);
        self.size += part.content.len() as u64;
        self.parts.push(part.content);
        Ok(part.last)
    }

    fn check(&self, digests: &[Digest], sizes: PartSizes) -> Result<Digest, ApiError> {
        if self.size == 0 {
            return Err(ApiError::new("EmptyUploadException", "the layer has no parts"));
        }
        if self.smallest < sizes.minimum {
            let message = format!(
                "a part has {} bytes; all parts but the last one must have at least {}",
                self.smallest, sizes.minimum
            );
            return Err(ApiError::new("LayerPartTooSmallException", message));
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

/// Converts a size to the type of the API.
pub(in crate::registry) fn signed(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
