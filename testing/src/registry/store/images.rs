//! The images of a repository and their tags. Validation of new images is in `push`.

use std::collections::{BTreeMap, BTreeSet};

use longshore::Timestamp;

use super::digest::Digest;
use super::manifest::Manifest;
use super::names;

/// An image or an image index.
#[derive(Debug, Clone)]
pub(in crate::registry) struct Image {
    pub digest: Digest,
    /// The bytes of the manifest, unchanged, because the digest depends on them.
    pub text: String,
    pub manifest: Manifest,
    /// The size of the content; for an index, the size of its largest image.
    pub size: u64,
    pub pushed: Timestamp,
    pub pulled: Option<Timestamp>,
    /// The number of images pushed before this one.
    pub order: u64,
    /// The tags of this image, in alphabetical order; the inverse of the map in [`Images`].
    pub tags: BTreeSet<String>,
}

impl Image {
    /// The sort key in listings.
    pub(in crate::registry) fn sort_key(&self) -> String {
        format!("{:020}", self.order)
    }
}

/// The image that a tag points to.
#[derive(Debug, Clone)]
pub(in crate::registry) struct Tag {
    pub digest: Digest,
    pub created: Timestamp,
}

/// How a request refers to an image: by digest, by tag, or by both.
#[derive(Debug, Clone, Default)]
pub(in crate::registry) struct ImageReference {
    pub digest: Option<String>,
    pub tag: Option<String>,
}

/// An image and optionally one of its tags, as in responses.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::registry) struct ImageId {
    pub digest: Digest,
    pub tag: Option<String>,
}

/// Why a batch operation failed for one image.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::registry) struct ImageError {
    pub code: &'static str,
    pub reason: String,
}

/// The images of a repository.
#[derive(Debug, Default)]
pub(in crate::registry) struct Images {
    images: BTreeMap<Digest, Image>,
    tags: BTreeMap<String, Tag>,
    pushed: u64,
}

impl Images {
    pub(in crate::registry) fn is_empty(&self) -> bool {
        self.images.is_empty()
    }

    pub(in crate::registry) fn get(&self, digest: &Digest) -> Option<&Image> {
        self.images.get(digest)
    }

    pub(in crate::registry) fn tag(&self, tag: &str) -> Option<&Tag> {
        self.tags.get(tag)
    }

    /// All images in the order in which they were pushed.
    pub(in crate::registry) fn by_order(&self) -> Vec<&Image> {
        let mut images: Vec<_> = self.images.values().collect();
        images.sort_by_key(|image| image.order);
        images
    }

    /// All tags with their images, in alphabetical order.
    pub(in crate::registry) fn by_tag(&self) -> impl Iterator<Item = (&str, &Tag, &Image)> {
        let image = |tag: &Tag| self.images.get(&tag.digest);
        self.tags.iter().filter_map(move |(name, tag)| Some((name.as_str(), tag, image(tag)?)))
    }

    /// Adds a new image.
    pub(in crate::registry) fn add(&mut self, mut image: Image) {
        image.order = self.pushed;
        self.pushed += 1;
        self.images.insert(image.digest.clone(), image);
    }

    /// Points a tag to an existing image.
    pub(in crate::registry) fn set_tag(&mut self, tag: &str, digest: &Digest, now: Timestamp) {
        self.remove_tag(tag);
        if let Some(image) = self.images.get_mut(digest) {
            image.tags.insert(tag.to_owned());
            self.tags.insert(tag.to_owned(), Tag { digest: digest.clone(), created: now });
        }
    }

    /// Removes a tag but not its image; `None` if the tag does not exist.
    pub(in crate::registry) fn remove_tag(&mut self, tag: &str) -> Option<()> {
        let removed = self.tags.remove(tag)?;
        if let Some(image) = self.images.get_mut(&removed.digest) {
            image.tags.remove(tag);
        }
        Some(())
    }

    /// Records the time of a pull.
    pub(in crate::registry) fn record_pull(&mut self, digest: &Digest, now: Timestamp) {
        if let Some(image) = self.images.get_mut(digest) {
            image.pulled = Some(now);
        }
    }

    /// Finds an image.
    pub(in crate::registry) fn find(
        &self,
        reference: &ImageReference,
    ) -> Result<&Image, ImageError> {
        let digest = match (&reference.digest, &reference.tag) {
            (None, None) => {
                return Err(error(
                    "MissingDigestAndTag",
                    "neither imageDigest nor imageTag is set",
                ));
            }
            (Some(digest), tag) => {
                let digest = parse_digest(digest)?;
                tag.as_ref().map_or(Ok(()), |tag| self.check_tag(&digest, tag))?;
                digest
            }
            (None, Some(tag)) => {
                self.tags.get(checked_tag(tag)?).ok_or_else(not_found)?.digest.clone()
            }
        };
        self.images.get(&digest).ok_or_else(not_found)
    }

    /// Rejects a tag that does not point to the given image.
    fn check_tag(&self, digest: &Digest, tag: &str) -> Result<(), ImageError> {
        match self.tags.get(checked_tag(tag)?) {
            Some(found) if found.digest != *digest => Err(error(
                "ImageTagDoesNotMatchDigest",
                &format!("the tag {tag:?} points to {}", found.digest),
            )),
            Some(_) => Ok(()),
            None => Err(not_found()),
        }
    }

    /// Removes a tag, and the image too if it was the last one. Without a tag, removes the image with
    /// all of its tags.
    pub(in crate::registry) fn remove(
        &mut self,
        reference: &ImageReference,
    ) -> Result<Vec<ImageId>, ImageError> {
        let found = self.find(reference)?;
        let (digest, tags) = (found.digest.clone(), found.tags.clone());
        if let Some(tag) = reference.tag.as_ref().filter(|_| tags.len() > 1) {
            self.remove_tag(tag);
            return Ok(vec![ImageId { digest, tag: Some(tag.clone()) }]);
        }
        self.check_unreferenced(&digest)?;
        self.images.remove(&digest);
        tags.iter().for_each(|tag| drop(self.tags.remove(tag)));
        if tags.is_empty() {
            return Ok(vec![ImageId { digest, tag: None }]);
        }
        Ok(tags.into_iter().map(|tag| ImageId { digest: digest.clone(), tag: Some(tag) }).collect())
    }

    /// Rejects an image that an index references.
    fn check_unreferenced(&self, digest: &Digest) -> Result<(), ImageError> {
        let references =
            |image: &&Image| image.manifest.manifests().iter().any(|child| child.digest == *digest);
        match self.images.values().find(references) {
            None => Ok(()),
            Some(index) => Err(error(
                "ImageReferencedByManifestList",
                &format!("the index {} references the image", index.digest),
            )),
        }
    }

    /// The media type of a layer in an image that references it; `None` if no image does.
    pub(in crate::registry) fn layer_type(&self, digest: &Digest) -> Option<&str> {
        let mut blobs = self.images.values().flat_map(|image| image.manifest.blobs());
        blobs.find(|blob| blob.digest == *digest).map(|blob| blob.media_type.as_str())
    }
}

fn parse_digest(text: &str) -> Result<Digest, ImageError> {
    let invalid = || error("InvalidImageDigest", &format!("{text:?} is not a digest"));
    Digest::parse(text).ok_or_else(invalid)
}

fn checked_tag(text: &str) -> Result<&str, ImageError> {
    match names::is_tag(text) {
        true => Ok(text),
        false => Err(error("InvalidImageTag", &format!("{text:?} is not a valid tag"))),
    }
}

fn not_found() -> ImageError {
    error("ImageNotFound", "the repository has no such image")
}

fn error(code: &'static str, reason: &str) -> ImageError {
    ImageError { code, reason: reason.to_owned() }
}
