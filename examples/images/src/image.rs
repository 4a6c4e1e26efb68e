//! Images: their manifests, children first, and the blobs that they reference, without duplicates.
//!
//! [`ManifestCollector`] is independent of the source of the manifests, a layout or a registry.

use std::collections::{HashMap, HashSet};

use crate::{Blob, Descriptor, Digest, Manifest};

/// An image whose manifests have been read and validated, but not its blobs.
#[derive(Debug, Clone)]
pub struct Image {
    root: Descriptor,
    manifests: Vec<Manifest>,
    blobs: Vec<Blob>,
    foreign: Vec<Blob>,
    /// The number of foreign layers whose digests are not supported.
    unsupported: usize,
}

impl Image {
    /// The digest of the root manifest or index.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.root.digest
    }

    /// The manifests and indexes, each after those that it references. The last one is the root.
    #[must_use]
    pub fn manifests(&self) -> &[Manifest] {
        &self.manifests
    }

    /// The configurations and layers, without duplicates.
    #[must_use]
    pub fn blobs(&self) -> &[Blob] {
        &self.blobs
    }

    /// The number of foreign layers that are not in [`blobs`](Self::blobs). Registries need not store
    /// them; those that the source has are moved like other layers.
    #[must_use]
    pub fn foreign(&self) -> usize {
        self.foreign.len() + self.unsupported
    }

    /// The foreign layers that are not in [`blobs`](Self::blobs) but could be moved.
    pub(crate) fn foreign_blobs(&self) -> &[Blob] {
        &self.foreign
    }

    /// Adds foreign layers that the source has to [`blobs`](Self::blobs).
    #[must_use]
    pub(crate) fn with_foreign(mut self, is_present: impl Fn(Digest) -> bool) -> Self {
        let foreign = self.foreign.into_iter();
        let (present, absent) = foreign.partition(|blob: &Blob| is_present(blob.digest));
        self.foreign = absent;
        self.blobs.extend::<Vec<_>>(present);
        self
    }

    pub(crate) fn root(&self) -> &Descriptor {
        &self.root
    }
}

/// Collects the manifests of an [`Image`], starting at the root.
#[derive(Debug)]
pub(crate) struct ManifestCollector {
    root: Descriptor,
    pending: Vec<Descriptor>,
    known: HashSet<Digest>,
    found: HashMap<Digest, Manifest>,
}

impl ManifestCollector {
    /// Protects against images that are meant to exhaust memory.
    const MAX_MANIFESTS: usize = 1000;

    pub(crate) fn new(root: Descriptor) -> Self {
        let known = HashSet::from([root.digest]);
        Self { pending: vec![root.clone()], root, known, found: HashMap::new() }
    }

    /// Takes up to `max` manifests that must be read next; none if the image is complete.
    pub(crate) fn take_pending(&mut self, max: usize) -> Vec<Descriptor> {
        self.pending.drain(..max.min(self.pending.len())).collect()
    }

    /// Adds a manifest whose digest has been checked. Returns a message if it is invalid.
    pub(crate) fn add(&mut self, descriptor: &Descriptor, content: String) -> Result<(), String> {
        let manifest = Manifest::parse(&descriptor.media_type, content)?;
        for child in manifest.children() {
            if self.known.insert(child.digest) {
                self.pending.push(child.clone());
            }
        }
        if self.known.len() > Self::MAX_MANIFESTS {
            return Err(format!("the image has more than {} manifests", Self::MAX_MANIFESTS));
        }
        self.found.insert(descriptor.digest, manifest);
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Image {
        let manifests = self.child_first();
        let descriptors: Vec<&Descriptor> = manifests.iter().flat_map(Manifest::blobs).collect();
        let mut seen = HashSet::new();
        let unique = descriptors.into_iter().filter(|descriptor| seen.insert(descriptor.digest));
        let (foreign, own): (Vec<_>, Vec<_>) = unique.partition(|blob| blob.is_foreign());
        let embedded = embedded(&manifests);
        let blob = |descriptor: &Descriptor| Blob {
            data: embedded.get(&descriptor.digest).map(|data| (*data).to_owned()),
            ..Blob::from(descriptor)
        };
        let blobs = |descriptors: Vec<_>| descriptors.into_iter().map(blob).collect();
        let (blobs, foreign) = (blobs(own), blobs(foreign));
        let unsupported: HashSet<_> = manifests.iter().flat_map(Manifest::unsupported).collect();
        let unsupported = unsupported.len();
        Image { root: self.root, manifests, blobs, foreign, unsupported }
    }

    /// Not recursive, because the nesting depth of indexes is untrusted.
    fn child_first(&mut self) -> Vec<Manifest> {
        let mut order = Vec::with_capacity(self.found.len());
        let mut entered = HashSet::new();
        let mut stack = vec![Visit::Enter(self.root.digest)];
        while let Some(step) = stack.pop() {
            match step {
                Visit::Enter(digest) if entered.insert(digest) => {
                    stack.push(Visit::Leave(digest));
                    let children = self.found.get(&digest).map_or(&[][..], Manifest::children);
                    stack.extend(children.iter().rev().map(|child| Visit::Enter(child.digest)));
                }
                Visit::Enter(_) => {}
                Visit::Leave(digest) => order.extend(self.found.remove(&digest)),
            }
        }
        order
    }
}

/// The content that descriptors contain, by digest. Of several descriptors with the same digest,
/// perhaps only one contains it.
fn embedded(manifests: &[Manifest]) -> HashMap<Digest, &str> {
    let descriptors = manifests.iter().flat_map(Manifest::blobs);
    descriptors.filter_map(|it| Some((it.digest, it.data.as_deref()?))).collect()
}

enum Visit {
    Enter(Digest),
    Leave(Digest),
}
