//! Manifests, which reference layers, and indexes, which reference manifests, in the formats of OCI and
//! Docker.

use serde::Deserialize;

use crate::{Descriptor, Digest};

pub(crate) const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub(crate) const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";

/// The supported media types of manifests and indexes.
pub const MEDIA_TYPES: [&str; 4] = [OCI_MANIFEST, OCI_INDEX, DOCKER_MANIFEST, DOCKER_LIST];

/// A parsed manifest or index.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Manifest {
    /// One of [`MEDIA_TYPES`].
    pub media_type: String,
    /// The digest of its content.
    pub digest: Digest,
    /// The content, unchanged.
    pub content: String,
    pub(crate) references: References,
}

/// The references of a manifest or an index.
#[derive(Debug, Clone)]
pub(crate) enum References {
    /// The configuration and the layers of one image.
    Blobs(Vec<Descriptor>),
    /// The images of an index.
    Manifests(Vec<Descriptor>),
}

impl Manifest {
    /// The maximum size of a manifest in a registry, in bytes.
    pub(crate) const MAX_SIZE: u64 = 4 * 1024 * 1024;

    /// Checks media type and size before a manifest is read. Returns a message if it is not supported.
    pub(crate) fn check(descriptor: &Descriptor) -> Result<(), String> {
        let Descriptor { media_type, size, .. } = descriptor;
        if !MEDIA_TYPES.contains(&media_type.as_str()) {
            return Err(format!("media type {media_type} is not supported"));
        }
        if *size > Self::MAX_SIZE {
            return Err(format!(
                "the manifest has {size} bytes; the maximum is {}",
                Self::MAX_SIZE
            ));
        }
        Ok(())
    }

    /// Parses a manifest of this media type. Returns a message if it is invalid.
    pub(crate) fn parse(media_type: &str, content: String) -> Result<Self, String> {
        let members: Members =
            serde_json::from_str(&content).map_err(|error| format!("not a manifest: {error}"))?;
        let references = members.references(media_type)?;
        let (media_type, digest) = (media_type.to_owned(), Digest::of(content.as_bytes()));
        Ok(Self { media_type, digest, content, references })
    }

    /// The manifests that an index references.
    pub(crate) fn children(&self) -> &[Descriptor] {
        match &self.references {
            References::Manifests(children) => children,
            References::Blobs(_) => &[],
        }
    }

    /// The configuration and the layers that a manifest references.
    pub(crate) fn blobs(&self) -> &[Descriptor] {
        match &self.references {
            References::Blobs(blobs) => blobs,
            References::Manifests(_) => &[],
        }
    }
}

/// The members of a manifest or an index.
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
    /// Rejects ambiguous documents, which container runtimes might interpret differently: those
    /// that state a different media type, and those that are both a manifest and an index.
    fn references(self, media_type: &str) -> Result<References, String> {
        if self.schema_version != 2 {
            return Err(format!(
                "schema version {} is not supported (only 2 is)",
                self.schema_version
            ));
        }
        if let Some(own) = self.media_type.filter(|own| own != media_type) {
            return Err(format!(
                "its mediaType is {own}, but the reference to it has {media_type}"
            ));
        }
        match (media_type, self.config, self.layers, self.manifests) {
            (OCI_MANIFEST | DOCKER_MANIFEST, Some(config), Some(layers), None) => {
                Ok(References::Blobs(std::iter::once(config).chain(layers).collect()))
            }
            (OCI_INDEX | DOCKER_LIST, None, None, Some(manifests)) => {
                Ok(References::Manifests(manifests))
            }
            (OCI_MANIFEST | DOCKER_MANIFEST, ..) => {
                Err("a manifest must have `config` and `layers`, but no `manifests`".to_owned())
            }
            (OCI_INDEX | DOCKER_LIST, ..) => {
                Err("an index must have `manifests`, but neither `config` nor `layers`".to_owned())
            }
            _ => Err(format!("media type {media_type} is not supported")),
        }
    }
}
