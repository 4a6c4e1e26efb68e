//! Manifests, which reference layers, and indexes, which reference manifests, in the formats of OCI and
//! Docker.

use serde_json::Value;

use crate::descriptor::{is_foreign, text};
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
    Blobs {
        blobs: Vec<Descriptor>,
        /// The unsupported digests of foreign layers, which cannot be moved.
        unsupported: Vec<String>,
    },
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
        let json: Value =
            serde_json::from_str(&content).map_err(|error| format!("not a manifest: {error}"))?;
        let references = references(media_type, &json)?;
        let (media_type, digest) = (media_type.to_owned(), Digest::of(content.as_bytes()));
        Ok(Self { media_type, digest, content, references })
    }

    /// The manifests that an index references.
    pub(crate) fn children(&self) -> &[Descriptor] {
        match &self.references {
            References::Manifests(children) => children,
            References::Blobs { .. } => &[],
        }
    }

    /// The configuration and the layers that a manifest references.
    pub(crate) fn blobs(&self) -> &[Descriptor] {
        match &self.references {
            References::Blobs { blobs, .. } => blobs,
            References::Manifests(_) => &[],
        }
    }

    /// The unsupported digests of foreign layers, which cannot be moved.
    pub(crate) fn unsupported(&self) -> &[String] {
        match &self.references {
            References::Blobs { unsupported, .. } => unsupported,
            References::Manifests(_) => &[],
        }
    }
}

/// Reads the references. Rejects ambiguous documents, which container runtimes might interpret
/// differently: those that state a different media type, and those that are both a manifest and an
/// index.
fn references(media_type: &str, json: &Value) -> Result<References, String> {
    check_version(json)?;
    if let Some(own) = text(json, "mediaType").filter(|own| *own != media_type) {
        return Err(format!("its mediaType is {own}, but the reference to it has {media_type}"));
    }
    let config = json.get("config").filter(|config| !config.is_null());
    let (layers, manifests) = (list(json, "layers")?, list(json, "manifests")?);
    match (media_type, config, layers, manifests) {
        (OCI_MANIFEST | DOCKER_MANIFEST, Some(config), Some(layers), None) => blobs(config, layers),
        (OCI_INDEX | DOCKER_LIST, None, None, Some(manifests)) => {
            let read = |(at, json)| descriptor(&format!("manifests[{at}]"), json);
            let manifests = manifests.iter().enumerate().map(read);
            Ok(References::Manifests(manifests.collect::<Result<_, _>>()?))
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

fn check_version(json: &Value) -> Result<(), String> {
    match json.get("schemaVersion") {
        Some(version) if version.as_u64() == Some(2) => Ok(()),
        Some(version) => Err(format!("schema version {version} is not supported (only 2 is)")),
        None => Err("not a manifest: it has no `schemaVersion`".to_owned()),
    }
}

/// A list, if it exists. `null` is an empty list, because Go programs write empty lists as `null`.
pub(crate) fn list<'a>(json: &'a Value, member: &str) -> Result<Option<&'a [Value]>, String> {
    match json.get(member) {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(&[])),
        Some(Value::Array(elements)) => Ok(Some(elements)),
        Some(_) => Err(format!("`{member}` is not a list")),
    }
}

/// The configuration and the layers. A foreign layer need not be moved, so it may have a digest that
/// is not supported.
fn blobs(config: &Value, layers: &[Value]) -> Result<References, String> {
    let mut blobs = vec![descriptor("config", config)?];
    let mut unsupported = Vec::new();
    for (at, json) in layers.iter().enumerate() {
        match descriptor(&format!("layers[{at}]"), json) {
            Ok(layer) => blobs.push(layer),
            Err(_) if text(json, "mediaType").is_some_and(is_foreign) => {
                unsupported.push(text(json, "digest").unwrap_or_default().to_owned());
            }
            Err(problem) => return Err(problem),
        }
    }
    Ok(References::Blobs { blobs, unsupported })
}

fn descriptor(path: &str, json: &Value) -> Result<Descriptor, String> {
    Descriptor::from_json(json).map_err(|problem| format!("{path}: {problem}"))
}
