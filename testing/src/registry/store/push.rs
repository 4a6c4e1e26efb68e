//! Pushes of images. A rejected push changes nothing.

use std::collections::BTreeSet;

use longshore::Timestamp;

use super::digest::Digest;
use super::error::ApiError;
use super::images::{Image, ImageId};
use super::manifest::{Descriptor, Manifest};
use super::names;
use super::repository::Repository;

/// The maximum number of tags of an image.
const MAX_TAGS: usize = 1_000;

/// The image of a push request.
pub(in crate::registry) struct Push {
    pub manifest: String,
    pub media_type: Option<String>,
    pub tag: Option<String>,
    pub digest: Option<String>,
}

impl Repository {
    /// Stores an image and points the tag to it.
    pub(in crate::registry) fn push(
        &mut self,
        push: Push,
        now: Timestamp,
    ) -> Result<ImageId, ApiError> {
        let manifest = Manifest::parse(&push.manifest, push.media_type.as_deref())?;
        let digest = Digest::of(push.manifest.as_bytes());
        check_digest(&digest, push.digest.as_deref())?;
        let tag = push.tag.as_deref();
        check_tag(tag)?;
        self.check_blobs(manifest.blobs())?;
        self.check_manifests(manifest.manifests())?;
        self.check_change(&digest, tag)?;
        self.check_tag_count(&digest, tag)?;
        if self.images.get(&digest).is_none() {
            self.images.add(self.image(&digest, push.manifest, manifest, now));
        }
        if let Some(tag) = tag {
            self.images.set_tag(tag, &digest, now);
        }
        Ok(ImageId { digest, tag: push.tag })
    }

    fn image(&self, digest: &Digest, text: String, manifest: Manifest, pushed: Timestamp) -> Image {
        let own = self.stored(manifest.blobs());
        let own = own.fold(0, |sum: u64, blob| sum.saturating_add(blob.size));
        let children = manifest.manifests().iter().filter_map(|it| self.images.get(&it.digest));
        let largest = children.map(|image| image.size).max().unwrap_or_default();
        let size = own.max(largest);
        Image {
            digest: digest.clone(),
            text,
            manifest,
            size,
            pushed,
            pulled: None,
            order: 0,
            tags: BTreeSet::new(),
        }
    }

    /// The blobs of an image that the repository must contain: all except foreign layers that were
    /// not pushed.
    fn stored<'a>(&self, blobs: &'a [Descriptor]) -> impl Iterator<Item = &'a Descriptor> {
        blobs.iter().filter(|blob| !blob.foreign || self.layers.get(&blob.digest).is_some())
    }

    /// Checks that all blobs of an image exist and have the stated sizes.
    fn check_blobs(&self, blobs: &[Descriptor]) -> Result<(), ApiError> {
        let missing: Vec<_> =
            self.stored(blobs).filter(|blob| self.layers.get(&blob.digest).is_none()).collect();
        if !missing.is_empty() {
            let message = format!("the repository has no layer {}", digests(&missing));
            return Err(ApiError::new("LayersNotFoundException", message));
        }
        let size = |blob: &Descriptor| self.layers.get(&blob.digest).map(|layer| layer.size);
        check_sizes(self.stored(blobs), size)
    }

    /// Checks that all images of an index exist and have the stated sizes.
    fn check_manifests(&self, manifests: &[Descriptor]) -> Result<(), ApiError> {
        let exists = |child: &&Descriptor| self.images.get(&child.digest).is_some();
        let missing: Vec<_> = manifests.iter().filter(|child| !exists(child)).collect();
        if !missing.is_empty() {
            let message = format!("the repository has no image {}", digests(&missing));
            return Err(ApiError::new("ReferencedImagesNotFoundException", message));
        }
        let size = |child: &Descriptor| {
            self.images.get(&child.digest).map(|image| image.text.len() as u64)
        };
        check_sizes(manifests.iter(), size)
    }

    /// Rejects a push that would move an immutable tag, and a push that changes nothing. Like the
    /// service, it rejects an existing immutable tag even if the tag already points to this image.
    fn check_change(&self, digest: &Digest, tag: Option<&str>) -> Result<(), ApiError> {
        let tagged = tag.and_then(|tag| self.images.tag(tag));
        if let Some(tag) = tag.filter(|tag| tagged.is_some() && !self.mutability.is_mutable(tag)) {
            let message = format!("the tag {tag:?} exists and is immutable");
            return Err(ApiError::new("ImageTagAlreadyExistsException", message));
        }
        let exists = match tag {
            None => self.images.get(digest).is_some(),
            Some(_) => tagged.is_some_and(|found| found.digest == *digest),
        };
        if exists {
            let tag = tag.map_or_else(String::new, |tag| format!(" with the tag {tag:?}"));
            let message = format!("the image {digest} already exists in the repository{tag}");
            return Err(ApiError::new("ImageAlreadyExistsException", message));
        }
        Ok(())
    }

    /// Rejects another tag for an image that has the maximum number of tags.
    fn check_tag_count(&self, digest: &Digest, tag: Option<&str>) -> Result<(), ApiError> {
        let count = self.images.get(digest).map_or(0, |image| image.tags.len());
        match tag {
            Some(_) if count >= MAX_TAGS => Err(ApiError::new(
                "LimitExceededException",
                format!("the image {digest} has {count} tags, the maximum"),
            )),
            _ => Ok(()),
        }
    }
}

/// Compares the stated sizes with the actual ones, which `size` looks up.
fn check_sizes<'a>(
    mut descriptors: impl Iterator<Item = &'a Descriptor>,
    size: impl Fn(&Descriptor) -> Option<u64>,
) -> Result<(), ApiError> {
    match descriptors.find(|it| size(it) != Some(it.size)) {
        None => Ok(()),
        Some(it) => Err(ApiError::invalid_parameter(format!(
            "imageManifest states that {} has {} bytes, but it has {}",
            it.digest,
            it.size,
            size(it).unwrap_or_default()
        ))),
    }
}

fn check_digest(digest: &Digest, expected: Option<&str>) -> Result<(), ApiError> {
    match expected {
        Some(text) if Digest::parse(text).is_none() => {
            Err(ApiError::invalid_parameter(format!("imageDigest {text:?} is not a digest")))
        }
        Some(expected) if expected != digest.as_str() => Err(ApiError::new(
            "ImageDigestDoesNotMatchException",
            format!("the digest of the manifest is {digest}, not {expected}"),
        )),
        _ => Ok(()),
    }
}

fn check_tag(tag: Option<&str>) -> Result<(), ApiError> {
    match tag {
        Some(tag) if !names::is_tag(tag) => Err(ApiError::invalid_parameter(format!(
            "imageTag {tag:?} is not a valid tag: use letters, digits, '_', '.' and '-', and start with a letter, a digit or '_'"
        ))),
        _ => Ok(()),
    }
}

fn digests(descriptors: &[&Descriptor]) -> String {
    descriptors.iter().map(|it| it.digest.as_str()).collect::<Vec<_>>().join(", ")
}
