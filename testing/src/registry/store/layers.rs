//! Layers of a repository, and how they come to be there: begun, sent part by part, completed.
//!
//! Content is kept in the parts in which it came, and hashed as they come.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;

use super::digest::{Digest, Hash};
use super::random;
use super::refusal::Refusal;

/// What the registry says of the sizes of parts.
#[derive(Debug, Clone, Copy)]
pub(in crate::registry) struct PartSizes {
    /// The size that a client is told to send.
    pub told: u64,
    /// How small a part may be that is not the last one.
    pub least: u64,
}

/// Content that is there as a whole.
#[derive(Debug, Clone)]
pub(in crate::registry) struct Layer {
    pub parts: Vec<Bytes>,
    pub size: u64,
}

/// A layer that is on its way.
struct Upload {
    parts: Vec<Bytes>,
    size: u64,
    hash: Hash,
    /// The size of the smallest part that is not the last one.
    smallest: u64,
}

/// The layers of a repository, and those that are on their way.
#[derive(Default)]
pub(in crate::registry) struct Layers {
    there: BTreeMap<Digest, Layer>,
    uploads: HashMap<String, Upload>,
}

/// A part of a layer, with the place that the client says it has.
pub(in crate::registry) struct Part {
    pub first: i64,
    pub last: i64,
    pub content: Bytes,
}

/// A part that does not go where the client wants it.
pub(in crate::registry) struct Misplaced {
    pub why: String,
    /// The last byte that is there; `None` where there is none yet.
    pub last_received: Option<i64>,
}

impl Layers {
    pub(in crate::registry) fn get(&self, digest: &Digest) -> Option<&Layer> {
        self.there.get(digest)
    }

    /// Begins a layer, and answers how the upload is called.
    pub(in crate::registry) fn begin(&mut self) -> Result<String, Refusal> {
        let upload = random::uuid()?;
        self.uploads.insert(
            upload.clone(),
            Upload { parts: Vec::new(), size: 0, hash: Hash::new(), smallest: u64::MAX },
        );
        Ok(upload)
    }

    /// Takes the next part, and answers the last byte that is there now. `None` where there is no
    /// such upload.
    pub(in crate::registry) fn add(
        &mut self,
        upload: &str,
        part: Part,
    ) -> Option<Result<i64, Misplaced>> {
        Some(self.uploads.get_mut(upload)?.add(part))
    }

    /// Completes a layer: all of `digests` must be what its content says. `None` where there is no
    /// such upload. One that could not be completed is still there afterwards, unless the layer is
    /// there already.
    pub(in crate::registry) fn complete(
        &mut self,
        upload: &str,
        digests: &[Digest],
        sizes: PartSizes,
    ) -> Option<Result<Digest, Refusal>> {
        let digest = match self.uploads.get(upload)?.check(digests, sizes) {
            Ok(digest) => digest,
            Err(refusal) => return Some(Err(refusal)),
        };
        let Upload { parts, size, .. } = self.uploads.remove(upload)?;
        if self.there.contains_key(&digest) {
            let message = format!("the layer {digest} is in the repository already");
            return Some(Err(Refusal::new("LayerAlreadyExistsException", message)));
        }
        self.there.insert(digest.clone(), Layer { parts, size });
        Some(Ok(digest))
    }
}

impl Upload {
    fn add(&mut self, part: Part) -> Result<i64, Misplaced> {
        let (size, length) = (signed(self.size), signed(part.content.len() as u64));
        let misplaced = |why| Err(Misplaced { why, last_received: (size > 0).then(|| size - 1) });
        if part.first != size {
            return misplaced(format!(
                "the next part begins at byte {size}, not at {}",
                part.first
            ));
        }
        if length == 0 || part.last != size.saturating_add(length - 1) {
            let place = format!("bytes {} to {}", part.first, part.last);
            return misplaced(format!("a part of {length} bytes is not {place}"));
        }
        if let Some(previous) = self.parts.last() {
            self.smallest = self.smallest.min(previous.len() as u64);
        }
        self.hash.add(&part.content);
        self.size += part.content.len() as u64;
        self.parts.push(part.content);
        Ok(part.last)
    }

    fn check(&self, digests: &[Digest], sizes: PartSizes) -> Result<Digest, Refusal> {
        if self.size == 0 {
            return Err(Refusal::new("EmptyUploadException", "no part of the layer has come"));
        }
        if self.smallest < sizes.least {
            let message = format!(
                "a part that is not the last one has {} bytes; it must have {} at least",
                self.smallest, sizes.least
            );
            return Err(Refusal::new("LayerPartTooSmallException", message));
        }
        let digest = self.hash.digest();
        match digests.iter().find(|wanted| **wanted != digest) {
            None => Ok(digest),
            Some(wanted) => Err(Refusal::new(
                "InvalidLayerException",
                format!("the {} bytes that came are {digest}, not {wanted}", self.size),
            )),
        }
    }
}

/// Sizes are those of bytes in memory, which a signed number holds.
pub(in crate::registry) fn signed(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
