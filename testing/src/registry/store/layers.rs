//! The layers of a repository, and their pending uploads.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;

use super::digest::Digest;
use super::error::ApiError;
use super::random;
use super::upload::{InvalidPart, LayerPart, Upload};

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
        let layer = self.uploads.remove(upload)?.into_layer();
        if self.complete.contains_key(&digest) {
            let message = format!("the layer {digest} already exists in the repository");
            return Some(Err(ApiError::new("LayerAlreadyExistsException", message)));
        }
        self.complete.insert(digest.clone(), layer);
        Some(Ok(digest))
    }

    /// Returns how many bytes of an upload were received; `None` if it does not exist.
    pub(in crate::registry) fn received(&self, upload: &str) -> Option<u64> {
        self.uploads.get(upload).map(Upload::size)
    }

    /// Adds content of any length and returns how many bytes were received; `None` if the upload does
    /// not exist.
    pub(in crate::registry) fn append(&mut self, upload: &str, content: Bytes) -> Option<u64> {
        let upload = self.uploads.get_mut(upload)?;
        upload.append(content);
        Some(upload.size())
    }

    /// Adds the last content of an upload and completes it; `None` if it does not exist. The parts
    /// may have any size, and the layer may already exist. After an error, the upload is unchanged.
    pub(in crate::registry) fn finish_upload(
        &mut self,
        upload: &str,
        last: Bytes,
        digest: &Digest,
    ) -> Option<Result<(), ApiError>> {
        let finished = finished(self.uploads.get(upload)?.clone(), last, digest);
        Some(finished.map(|layer| {
            self.uploads.remove(upload);
            self.add(digest, layer);
        }))
    }

    /// Adds a layer without an upload.
    pub(in crate::registry) fn add_content(
        &mut self,
        content: Bytes,
        digest: &Digest,
    ) -> Result<(), ApiError> {
        finished(Upload::new(), content, digest).map(|layer| self.add(digest, layer))
    }

    /// Adds a layer that may already exist.
    pub(in crate::registry) fn add(&mut self, digest: &Digest, layer: Layer) {
        self.complete.entry(digest.clone()).or_insert(layer);
    }

    /// Removes a pending upload; `None` if it does not exist.
    pub(in crate::registry) fn cancel_upload(&mut self, upload: &str) -> Option<()> {
        self.uploads.remove(upload).map(drop)
    }

    /// Removes a layer; `None` if it does not exist.
    pub(in crate::registry) fn remove(&mut self, digest: &Digest) -> Option<()> {
        self.complete.remove(digest).map(drop)
    }
}

/// Adds the last content of an upload and returns its layer.
fn finished(mut upload: Upload, last: Bytes, digest: &Digest) -> Result<Layer, ApiError> {
    upload.append(last);
    upload.check_content(std::slice::from_ref(digest))?;
    Ok(upload.into_layer())
}

/// Converts a size to the type of the API.
pub(in crate::registry) fn signed(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
