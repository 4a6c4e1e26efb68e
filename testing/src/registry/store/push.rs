//! Whether an image may be pushed as it is, and what a push changes.
//!
//! Nothing is changed by a push that is refused.

use std::collections::BTreeSet;

use super::digest::Digest;
use super::images::{Found, Image};
use super::manifest::{Descriptor, Manifest};
use super::names;
use super::refusal::Refusal;
use super::repository::Repository;
use longshore::Timestamp;

/// What a client wants to push.
pub(in crate::registry) struct Push {
    pub manifest: String,
    pub media_type: Option<String>,
    pub tag: Option<String>,
    pub digest: Option<String>,
}

impl Repository {
    /// Keeps an image and lets the tag point to it.
    pub(in crate::registry) fn push(
        &mut self,
        push: Push,
        now: Timestamp,
    ) -> Result<Found, Refusal> {
        let manifest = Manifest::read(&push.manifest, push.media_type.as_deref())?;
        let digest = Digest::of(push.manifest.as_bytes());
        check_digest(&digest, push.digest.as_deref())?;
        let tag = push.tag.as_deref();
        check_tag(tag)?;
        self.check_blobs(manifest.blobs())?;
        self.check_manifests(manifest.manifests())?;
        self.check_change(&digest, tag)?;
        if self.images.get(&digest).is_none() {
            self.images.add(self.image(&digest, push.manifest, manifest, now));
        }
        if let Some(tag) = tag {
            self.images.set_tag(tag, &digest, now);
        }
        Ok(Found { digest, tag: push.tag })
    }

    fn image(&self, digest: &Digest, text: String, manifest: Manifest, pushed: Timestamp) -> Image {
        let blobs = manifest.blobs().iter().filter(|blob| !blob.foreign);
        let own = blobs.fold(0, |sum: u64, blob| sum.saturating_add(blob.size));
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

    /// All that an image consists of must be there, in the size that the manifest says.
    fn check_blobs(&self, blobs: &[Descriptor]) -> Result<(), Refusal> {
        let needed = || blobs.iter().filter(|blob| !blob.foreign);
        let missing: Vec<_> =
            needed().filter(|blob| self.layers.get(&blob.digest).is_none()).collect();
        if !missing.is_empty() {
            let message = format!("the repository has no layer {}", listed(&missing));
            return Err(Refusal::new("LayersNotFoundException", message));
        }
        let size = |blob: &Descriptor| self.layers.get(&blob.digest).map(|layer| layer.size);
        check_sizes(needed(), size)
    }

    /// All images of an index must be there, in the size that the index says.
    fn check_manifests(&self, manifests: &[Descriptor]) -> Result<(), Refusal> {
        let there = |child: &&Descriptor| self.images.get(&child.digest).is_some();
        let missing: Vec<_> = manifests.iter().filter(|child| !there(child)).collect();
        if !missing.is_empty() {
            let message = format!("the repository has no image {}", listed(&missing));
            return Err(Refusal::new("ReferencedImagesNotFoundException", message));
        }
        let size = |child: &Descriptor| {
            self.images.get(&child.digest).map(|image| image.text.len() as u64)
        };
        check_sizes(manifests.iter(), size)
    }

    /// Refuses a push for a tag that may not be moved, and one that changes nothing. Of an immutable tag
    /// the service looks no further: the image that the tag is at is refused as well.
    fn check_change(&self, digest: &Digest, tag: Option<&str>) -> Result<(), Refusal> {
        let tagged = tag.and_then(|tag| self.images.tag(tag));
        if let Some(tag) = tag.filter(|tag| tagged.is_some() && !self.mutability.may_move(tag)) {
            let message = format!("the tag {tag:?} is there already, and it is immutable");
            return Err(Refusal::new("ImageTagAlreadyExistsException", message));
        }
        let is_there = match tag {
            None => self.images.get(digest).is_some(),
            Some(_) => tagged.is_some_and(|there| there.digest == *digest),
        };
        if is_there {
            let tag = tag.map_or_else(String::new, |tag| format!(" with the tag {tag:?}"));
            let message = format!("the image {digest} is in the repository already{tag}");
            return Err(Refusal::new("ImageAlreadyExistsException", message));
        }
        Ok(())
    }
}

/// Of what is there, `size` is the size.
fn check_sizes<'a>(
    mut descriptors: impl Iterator<Item = &'a Descriptor>,
    size: impl Fn(&Descriptor) -> Option<u64>,
) -> Result<(), Refusal> {
    match descriptors.find(|it| size(it) != Some(it.size)) {
        None => Ok(()),
        Some(it) => Err(Refusal::parameter(format!(
            "imageManifest says that {} has {} bytes, and it has {}",
            it.digest,
            it.size,
            size(it).unwrap_or_default()
        ))),
    }
}

fn check_digest(digest: &Digest, wanted: Option<&str>) -> Result<(), Refusal> {
    match wanted {
        Some(wanted) if wanted != digest.as_str() => Err(Refusal::new(
            "ImageDigestDoesNotMatchException",
            format!("the manifest that came is {digest}, not {wanted}"),
        )),
        _ => Ok(()),
    }
}

fn check_tag(tag: Option<&str>) -> Result<(), Refusal> {
    match tag {
        Some(tag) if !names::is_tag(tag) => Err(Refusal::parameter(format!(
            "imageTag {tag:?} is no tag: letters, digits, '_', '.' and '-', neither '.' nor '-' first"
        ))),
        _ => Ok(()),
    }
}

fn listed(descriptors: &[&Descriptor]) -> String {
    descriptors.iter().map(|it| it.digest.as_str()).collect::<Vec<_>>().join(", ")
}
