//! A whole image: its manifests, children first, and the blobs that they need, each once.
//!
//! [`Gathering`] asks for documents and is given them, from files or from a registry; it knows
//! neither.

use std::collections::{HashMap, HashSet};

use crate::{Blob, Descriptor, Digest, Manifest};

/// An image of which every manifest has been read and checked. Its blobs have not been looked at.
#[derive(Debug, Clone)]
pub struct Image {
    root: Descriptor,
    manifests: Vec<Manifest>,
    blobs: Vec<Blob>,
    foreign: usize,
}

impl Image {
    /// The digest of its outermost document.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.root.digest
    }

    /// The manifests and indexes, each after those that it lists. The last is the outermost.
    #[must_use]
    pub fn manifests(&self) -> &[Manifest] {
        &self.manifests
    }

    /// The configurations and layers, each once.
    #[must_use]
    pub fn blobs(&self) -> &[Blob] {
        &self.blobs
    }

    /// How many layers are not among the blobs because no registry keeps them.
    #[must_use]
    pub fn foreign(&self) -> usize {
        self.foreign
    }

    pub(crate) fn root(&self) -> &Descriptor {
        &self.root
    }
}

/// The way from the outermost document to an [`Image`].
#[derive(Debug)]
pub(crate) struct Gathering {
    root: Descriptor,
    wanted: Vec<Descriptor>,
    known: HashSet<Digest>,
    found: HashMap<Digest, Manifest>,
}

impl Gathering {
    /// More documents than this are no image but an attempt to fill the memory.
    const MOST: usize = 1000;

    pub(crate) fn new(root: Descriptor) -> Self {
        let known = HashSet::from([root.digest]);
        Self { wanted: vec![root.clone()], root, known, found: HashMap::new() }
    }

    /// The documents to bring next, at most so many; none when all are there.
    pub(crate) fn wanted(&mut self, most: usize) -> Vec<Descriptor> {
        self.wanted.drain(..most.min(self.wanted.len())).collect()
    }

    /// Takes the content of a document, or says what is wrong with it. That it has the right digest
    /// has been seen to.
    pub(crate) fn bring(&mut self, descriptor: &Descriptor, content: String) -> Result<(), String> {
        let manifest = Manifest::read(&descriptor.media_type, content)?;
        for child in manifest.children() {
            if self.known.insert(child.digest) {
                self.wanted.push(child.clone());
            }
        }
        if self.known.len() > Self::MOST {
            return Err(format!("the image has more than {} manifests", Self::MOST));
        }
        self.found.insert(descriptor.digest, manifest);
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Image {
        let manifests = self.child_first();
        let descriptors: Vec<&Descriptor> = manifests.iter().flat_map(Manifest::blobs).collect();
        let mut seen = HashSet::new();
        let once = descriptors.into_iter().filter(|descriptor| seen.insert(descriptor.digest));
        let (foreign, own): (Vec<_>, Vec<_>) = once.partition(|blob| blob.is_foreign());
        let (foreign, blobs) = (foreign.len(), own.into_iter().map(Blob::from).collect());
        Image { root: self.root, manifests, blobs, foreign }
    }

    /// Without recursion, because how deep indexes are nested is up to whoever wrote them.
    fn child_first(&mut self) -> Vec<Manifest> {
        let mut order = Vec::with_capacity(self.found.len());
        let mut entered = HashSet::new();
        let mut ahead = vec![Step::Enter(self.root.digest)];
        while let Some(step) = ahead.pop() {
            match step {
                Step::Enter(digest) if entered.insert(digest) => {
                    ahead.push(Step::Leave(digest));
                    let children = self.found.get(&digest).map_or(&[][..], Manifest::children);
                    ahead.extend(children.iter().rev().map(|child| Step::Enter(child.digest)));
                }
                Step::Enter(_) => {}
                Step::Leave(digest) => order.extend(self.found.remove(&digest)),
            }
        }
        order
    }
}

enum Step {
    Enter(Digest),
    Leave(Digest),
}
