//! The two documents an image is made of: manifests, which list layers, and indexes, which list
//! manifests. Each comes in the words of OCI and in those of Docker.
//!
//! Nothing here knows where a document comes from.

use serde::Deserialize;

use crate::{Descriptor, Digest};

pub(crate) const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub(crate) const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";

/// The media types of the documents that can be moved.
pub const MEDIA_TYPES: [&str; 4] = [OCI_MANIFEST, OCI_INDEX, DOCKER_MANIFEST, DOCKER_LIST];

/// A manifest or an index, whose content has been checked against its digest.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Manifest {
    /// Which of [`MEDIA_TYPES`] it is.
    pub media_type: String,
    /// The digest of its content.
    pub digest: Digest,
    /// The content, to the byte.
    pub content: String,
    /// What it lists.
    pub(crate) lists: Lists,
}

/// What a document lists.
#[derive(Debug, Clone)]
pub(crate) enum Lists {
    /// The configuration and the layers of one image.
    Blobs(Vec<Descriptor>),
    /// The images of an index.
    Manifests(Vec<Descriptor>),
}

impl Manifest {
    /// The largest document that a registry takes, in bytes.
    pub(crate) const LARGEST: u64 = 4 * 1024 * 1024;

    /// Whether what is referred to can be moved at all, or why not; asked before it is read.
    pub(crate) fn check(descriptor: &Descriptor) -> Result<(), String> {
        let Descriptor { media_type, size, .. } = descriptor;
        if !MEDIA_TYPES.contains(&media_type.as_str()) {
            return Err(format!("media type {media_type} is not supported"));
        }
        if *size > Self::LARGEST {
            return Err(format!("it has {size} bytes, and a manifest at most {}", Self::LARGEST));
        }
        Ok(())
    }

    /// Reads a document that is said to be of a media type, or says what is wrong with it.
    pub(crate) fn read(media_type: &str, content: String) -> Result<Self, String> {
        let members: Members = serde_json::from_str(&content)
            .map_err(|error| format!("this is no manifest: {error}"))?;
        let lists = members.lists(media_type)?;
        let (media_type, digest) = (media_type.to_owned(), Digest::of(content.as_bytes()));
        Ok(Self { media_type, digest, content, lists })
    }

    /// The documents that this one needs to be there before it.
    pub(crate) fn children(&self) -> &[Descriptor] {
        match &self.lists {
            Lists::Manifests(children) => children,
            Lists::Blobs(_) => &[],
        }
    }

    /// The blobs that this one needs to be there before it.
    pub(crate) fn blobs(&self) -> &[Descriptor] {
        match &self.lists {
            Lists::Blobs(blobs) => blobs,
            Lists::Manifests(_) => &[],
        }
    }
}

/// What both documents may have.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    schema_version: u64,
    media_type: Option<String>,
    config: Option<Descriptor>,
    layers: Option<Vec<Descriptor>>,
    manifests: Option<Vec<Descriptor>>,
}

impl Members {
    /// A document that is both, or says of itself that it is something else, would be read in one
    /// way here and in another way by whoever runs the image.
    fn lists(self, media_type: &str) -> Result<Lists, String> {
        if self.schema_version != 2 {
            return Err(format!("schema version {} is not supported, only 2", self.schema_version));
        }
        if let Some(own) = self.media_type.filter(|own| own != media_type) {
            return Err(format!("it says that it is {own}, and whoever refers to it {media_type}"));
        }
        match (media_type, self.config, self.layers, self.manifests) {
            (OCI_MANIFEST | DOCKER_MANIFEST, Some(config), Some(layers), None) => {
                Ok(Lists::Blobs(std::iter::once(config).chain(layers).collect()))
            }
            (OCI_INDEX | DOCKER_LIST, None, None, Some(manifests)) => {
                Ok(Lists::Manifests(manifests))
            }
            (OCI_MANIFEST | DOCKER_MANIFEST, ..) => {
                Err("a manifest has `config` and `layers`, and no `manifests`".to_owned())
            }
            (OCI_INDEX | DOCKER_LIST, ..) => {
                Err("an index has `manifests`, and neither `config` nor `layers`".to_owned())
            }
            _ => Err(format!("media type {media_type} is not supported")),
        }
    }
}
