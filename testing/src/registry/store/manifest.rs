//! What a manifest refers to: layers with their sizes, or other manifests.
//!
//! Reads OCI manifests and indexes and Docker's of version 2. Knows no repository.

use serde_json::Value;

use super::digest::Digest;
use super::refusal::Refusal;

const OCI_IMAGE: &str = "application/vnd.oci.image.manifest.v1+json";
const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
const DOCKER_IMAGE: &str = "application/vnd.docker.distribution.manifest.v2+json";
const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";

/// A manifest that could be read.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::registry) struct Manifest {
    pub media_type: String,
    pub refers_to: Reference,
    /// What kind of content it is: the media type of an image's configuration, where none is named.
    pub artifact_type: Option<String>,
    /// The manifest that this one is about.
    pub subject: Option<Digest>,
}

/// An image refers to content, an index to images.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::registry) enum Reference {
    Blobs(Vec<Descriptor>),
    Manifests(Vec<Descriptor>),
}

/// A reference from a manifest.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::registry) struct Descriptor {
    pub digest: Digest,
    pub size: u64,
    pub media_type: String,
    /// Whether the content is somewhere else and need not be here.
    pub foreign: bool,
}

impl Manifest {
    /// Reads the text of a manifest. `named` is the media type that the request says it has.
    pub(in crate::registry) fn read(text: &str, named: Option<&str>) -> Result<Self, Refusal> {
        let json: Value =
            serde_json::from_str(text).map_err(|error| refused(format!("is no JSON: {error}")))?;
        let media_type = media_type(text_of(&json, "mediaType"), named)?;
        let refers_to = match media_type.as_str() {
            OCI_IMAGE | DOCKER_IMAGE => Reference::Blobs(blobs(&json)?),
            OCI_INDEX | DOCKER_LIST => Reference::Manifests(list(&json, "manifests")?),
            _ => {
                return Err(refused(format!(
                    "is of the type {media_type:?}, which is not kept here"
                )));
            }
        };
        let config = json.get("config").and_then(|config| text_of(config, "mediaType"));
        let artifact_type = text_of(&json, "artifactType").or(config).map(str::to_owned);
        let subject = json.get("subject").map(|json| descriptor(json, "subject")).transpose()?;
        let subject = subject.map(|subject| subject.digest);
        Ok(Self { media_type, refers_to, artifact_type, subject })
    }

    pub(in crate::registry) fn blobs(&self) -> &[Descriptor] {
        match &self.refers_to {
            Reference::Blobs(blobs) => blobs,
            Reference::Manifests(_) => &[],
        }
    }

    pub(in crate::registry) fn manifests(&self) -> &[Descriptor] {
        match &self.refers_to {
            Reference::Blobs(_) => &[],
            Reference::Manifests(manifests) => manifests,
        }
    }
}

/// The type that a manifest says it has or the request says it has, which must be the same.
fn media_type(own: Option<&str>, named: Option<&str>) -> Result<String, Refusal> {
    match (own, named) {
        (Some(own), Some(named)) if own != named => {
            Err(refused(format!("says that it is {own:?}, and imageManifestMediaType {named:?}")))
        }
        (Some(either), _) | (None, Some(either)) => Ok(either.to_owned()),
        (None, None) => {
            Err(refused("has no mediaType, and the request no imageManifestMediaType".to_owned()))
        }
    }
}

/// The configuration and the layers of an image.
fn blobs(json: &Value) -> Result<Vec<Descriptor>, Refusal> {
    let config = json.get("config").ok_or_else(|| refused("has no config".to_owned()))?;
    let mut blobs = vec![descriptor(config, "config")?];
    blobs.extend(list(json, "layers")?);
    Ok(blobs)
}

fn list(json: &Value, member: &str) -> Result<Vec<Descriptor>, Refusal> {
    let elements = json.get(member).and_then(Value::as_array);
    let elements = elements.ok_or_else(|| refused(format!("has no list {member}")))?;
    let read = |(index, json)| descriptor(json, &format!("{member}[{index}]"));
    elements.iter().enumerate().map(read).collect()
}

fn descriptor(json: &Value, place: &str) -> Result<Descriptor, Refusal> {
    let digest = text_of(json, "digest").and_then(Digest::read);
    let digest = digest.ok_or_else(|| refused(format!("has no digest in {place}")))?;
    let size = json.get("size").and_then(Value::as_u64);
    let size = size.ok_or_else(|| refused(format!("has no size in {place}")))?;
    let media_type = text_of(json, "mediaType").unwrap_or_default().to_owned();
    let foreign = media_type.contains(".foreign.") || media_type.contains(".nondistributable.");
    Ok(Descriptor { digest, size, media_type, foreign })
}

fn text_of<'a>(json: &'a Value, member: &str) -> Option<&'a str> {
    json.get(member).and_then(Value::as_str)
}

fn refused(what: String) -> Refusal {
    Refusal::parameter(format!("imageManifest {what}"))
}

#[cfg(test)]
mod tests {
    use super::{DOCKER_IMAGE, Manifest, OCI_IMAGE, OCI_INDEX, Reference};

    #[test]
    fn an_image_refers_to_its_configuration_and_its_layers() {
        let text = format!(
            r#"{{"mediaType":"{OCI_IMAGE}","config":{{"mediaType":"c","digest":"sha256:aa","size":1}},
            "layers":[{{"mediaType":"x.nondistributable.y","digest":"sha256:bb","size":2}}]}}"#
        );
        let manifest = Manifest::read(&text, None);
        let Ok(Manifest { refers_to: Reference::Blobs(blobs), artifact_type, .. }) = manifest
        else {
            panic!("{manifest:?}")
        };
        assert_eq!(blobs.len(), 2);
        assert_eq!((blobs[0].size, blobs[0].foreign), (1, false));
        assert_eq!((blobs[1].digest.as_str(), blobs[1].foreign), ("sha256:bb", true));
        assert_eq!(artifact_type.as_deref(), Some("c"));
    }

    #[test]
    fn what_is_no_manifest_is_refused_with_its_reason() {
        let index = format!(r#"{{"mediaType":"{OCI_INDEX}"}}"#);
        let no_size = r#"{"manifests":[{"digest":"sha256:aa"}]}"#;
        let no_digest = r#"{"config":{"digest":"../../x","size":1},"layers":[]}"#;
        for (text, named, message) in [
            ("{", None, "imageManifest is no JSON: EOF while parsing an object at line 1 column 1"),
            (
                "[]",
                None,
                "imageManifest has no mediaType, and the request no imageManifestMediaType",
            ),
            (
                &index,
                Some(OCI_IMAGE),
                "imageManifest says that it is \"application/vnd.oci.image.index.v1+json\", and \
                 imageManifestMediaType \"application/vnd.oci.image.manifest.v1+json\"",
            ),
            (&index, None, "imageManifest has no list manifests"),
            (no_size, Some(OCI_INDEX), "imageManifest has no size in manifests[0]"),
            ("{}", Some(DOCKER_IMAGE), "imageManifest has no config"),
            (no_digest, Some(OCI_IMAGE), "imageManifest has no digest in config"),
            (
                "{}",
                Some("text/plain"),
                "imageManifest is of the type \"text/plain\", which is not kept here",
            ),
        ] {
            let refusal = Manifest::read(text, named).err();
            assert_eq!(refusal.as_ref().map(super::Refusal::message), Some(message));
        }
    }
}
