//! The layers of a repository, and their pending uploads.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;

use super::digest::Digest;
use super::error::ApiError;
use super::random;
use super::upload::Upload;

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

/// The layers and the pending uploads of a repository.
#[derive(Default)]
pub(in crate::registry) struct Layers {
    complete: BTreeMap<Digest, Layer>,
    uploads: HashMap<String, Upload>,
}

impl Layers {
    pub(in crate::registry) fn get(&self, digest: &Digest) -> Option<&Layer> {
        self.complete.get(digest)
    }

    /// Starts an upload and returns its id.
    pub(in crate::registry) fn begin_upload(&mut self) -> Result<String, ApiError> {
        let upload = random::uuid()?;
        self.uploads.insert(upload.clone(), Upload::new());
        Ok(upload)
    }

    /// Returns a pending upload; `None` if it does not exist.
    pub(in crate::registry) fn upload(&mut self, upload: &str) -> Option<&mut Upload> {
        self.uploads.get_mut(upload)
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
        let layer = self.uploads.remove(upload)?.into_layer();
        if self.complete.contains_key(&digest) {
            let message = format!("the layer {digest} already exists in the repository");
            return Some(Err(ApiError::new("LayerAlreadyExistsException", message)));
        }
        self.complete.insert(digest.clone(), layer);
        Some(Ok(digest))
    }

    /// Adds a layer without an upload.
    pub(in crate::registry) fn add_content(
        &mut self,
        content: Bytes,
        digest: &Digest,
    ) -> Result<(), ApiError> {
        Upload::new().finish(content, digest).map(|layer| self.add(digest, layer))
    }

    /// Adds a layer that may already exist.
    pub(in crate::registry) fn add(&mut self, digest: &Digest, layer: Layer) {
        self.complete.entry(digest.clone()).or_insert(layer);
    }

    /// Removes a pending upload; `None` if it does not exist.
    pub(in crate::registry) fn remove_upload(&mut self, upload: &str) -> Option<()> {
        self.uploads.remove(upload).map(drop)
    }

    /// Removes a layer; `None` if it does not exist.
    pub(in crate::registry) fn remove(&mut self, digest: &Digest) -> Option<()> {
        self.complete.remove(digest).map(drop)
    }
}

/// Converts a size to the type of the API.
pub(in crate::registry) fn signed(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
