//! The images of a repository and their tags: found, tagged, deleted.
//!
//! Whether an image may be pushed, `push` decides.

use std::collections::{BTreeMap, BTreeSet};

use super::digest::Digest;
use super::manifest::Manifest;
use super::names;
use longshore::Timestamp;

/// An image, or an index of images.
#[derive(Debug, Clone)]
pub(in crate::registry) struct Image {
    pub digest: Digest,
    /// The manifest as it came; the digest is of these bytes.
    pub text: String,
    pub manifest: Manifest,
    /// The size of its content; of an index, that of its largest image.
    pub size: u64,
    pub pushed: Timestamp,
    pub pulled: Option<Timestamp>,
    /// How many images had been pushed before.
    pub order: u64,
    /// Its tags, in the order of the alphabet: what [`Images`] has by tag, by image.
    pub tags: BTreeSet<String>,
}

impl Image {
    /// Where it stands among the images of its repository.
    pub(in crate::registry) fn place(&self) -> String {
        format!("{:020}", self.order)
    }
}

/// Where a tag points, and since when it is there.
#[derive(Debug, Clone)]
pub(in crate::registry) struct Tag {
    pub digest: Digest,
    pub created: Timestamp,
}

/// How a request names an image: by digest, by tag, or by both.
#[derive(Debug, Clone, Default)]
pub(in crate::registry) struct Wanted {
    pub digest: Option<String>,
    pub tag: Option<String>,
}

/// An image and perhaps a tag, as answers name it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::registry) struct Found {
    pub digest: Digest,
    pub tag: Option<String>,
}

/// Why nothing was done with one of several images.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::registry) struct Failure {
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

    /// All images, in the order in which they were pushed.
    pub(in crate::registry) fn by_order(&self) -> Vec<&Image> {
        let mut images: Vec<_> = self.images.values().collect();
        images.sort_by_key(|image| image.order);
        images
    }

    /// All tags with their images, in the order of the alphabet.
    pub(in crate::registry) fn by_tag(&self) -> impl Iterator<Item = (&str, &Tag, &Image)> {
        let image = |tag: &Tag| self.images.get(&tag.digest);
        self.tags.iter().filter_map(move |(name, tag)| Some((name.as_str(), tag, image(tag)?)))
    }

    /// Adds an image that is not there.
    pub(in crate::registry) fn add(&mut self, mut image: Image) {
        image.order = self.pushed;
        self.pushed += 1;
        self.images.insert(image.digest.clone(), image);
    }

    /// Lets a tag point to an image that is there.
    pub(in crate::registry) fn set_tag(&mut self, tag: &str, digest: &Digest, now: Timestamp) {
        self.remove_tag(tag);
        if let Some(image) = self.images.get_mut(digest) {
            image.tags.insert(tag.to_owned());
            self.tags.insert(tag.to_owned(), Tag { digest: digest.clone(), created: now });
        }
    }

    fn remove_tag(&mut self, tag: &str) {
        let removed = self.tags.remove(tag);
        if let Some(image) = removed.and_then(|tag| self.images.get_mut(&tag.digest)) {
            image.tags.remove(tag);
        }
    }

    /// Notes that an image has been fetched.
    pub(in crate::registry) fn note_pull(&mut self, digest: &Digest, now: Timestamp) {
        if let Some(image) = self.images.get_mut(digest) {
            image.pulled = Some(now);
        }
    }

    /// The image that a request wants.
    pub(in crate::registry) fn find(&self, wanted: &Wanted) -> Result<&Image, Failure> {
        let digest = match (&wanted.digest, &wanted.tag) {
            (None, None) => {
                return Err(failure("MissingDigestAndTag", "names neither digest nor tag"));
            }
            (Some(digest), tag) => {
                let digest = read_digest(digest)?;
                tag.as_ref().map_or(Ok(()), |tag| self.check_pair(&digest, tag))?;
                digest
            }
            (None, Some(tag)) => self.tags.get(read_tag(tag)?).ok_or_else(absent)?.digest.clone(),
        };
        self.images.get(&digest).ok_or_else(absent)
    }

    /// Refuses a tag that points to another image than the request says.
    fn check_pair(&self, digest: &Digest, tag: &str) -> Result<(), Failure> {
        match self.tags.get(read_tag(tag)?) {
            Some(there) if there.digest != *digest => Err(failure(
                "ImageTagDoesNotMatchDigest",
                &format!("the tag {tag:?} is at {}", there.digest),
            )),
            Some(_) => Ok(()),
            None => Err(absent()),
        }
    }

    /// Removes a tag, and its image with the last one; without a tag, the image with all of them.
    pub(in crate::registry) fn remove(&mut self, wanted: &Wanted) -> Result<Vec<Found>, Failure> {
        let found = self.find(wanted)?;
        let (digest, tags) = (found.digest.clone(), found.tags.clone());
        if let Some(tag) = wanted.tag.as_ref().filter(|_| tags.len() > 1) {
            self.remove_tag(tag);
            return Ok(vec![Found { digest, tag: Some(tag.clone()) }]);
        }
        self.check_unreferenced(&digest)?;
        self.images.remove(&digest);
        tags.iter().for_each(|tag| drop(self.tags.remove(tag)));
        if tags.is_empty() {
            return Ok(vec![Found { digest, tag: None }]);
        }
        Ok(tags.into_iter().map(|tag| Found { digest: digest.clone(), tag: Some(tag) }).collect())
    }

    /// An image stays as long as an index refers to it.
    fn check_unreferenced(&self, digest: &Digest) -> Result<(), Failure> {
        let refers =
            |image: &&Image| image.manifest.manifests().iter().any(|child| child.digest == *digest);
        match self.images.values().find(refers) {
            None => Ok(()),
            Some(index) => Err(failure(
                "ImageReferencedByManifestList",
                &format!("the index {} refers to it", index.digest),
            )),
        }
    }

    /// The media type by which an image refers to a layer; `None` where none does.
    pub(in crate::registry) fn layer_type(&self, digest: &Digest) -> Option<&str> {
        let mut blobs = self.images.values().flat_map(|image| image.manifest.blobs());
        blobs.find(|blob| blob.digest == *digest).map(|blob| blob.media_type.as_str())
    }
}

fn read_digest(text: &str) -> Result<Digest, Failure> {
    let invalid = || failure("InvalidImageDigest", &format!("{text:?} is no digest"));
    Digest::read(text).ok_or_else(invalid)
}

fn read_tag(text: &str) -> Result<&str, Failure> {
    match names::is_tag(text) {
        true => Ok(text),
        false => Err(failure("InvalidImageTag", &format!("{text:?} is no tag"))),
    }
}

fn absent() -> Failure {
    failure("ImageNotFound", "the repository has no such image")
}

fn failure(code: &'static str, reason: &str) -> Failure {
    Failure { code, reason: reason.to_owned() }
}
