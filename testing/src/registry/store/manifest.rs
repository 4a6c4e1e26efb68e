//! Parses manifests: OCI images and indexes, and their Docker counterparts (schema 2). Rejects what
//! the services reject.

use serde_json::{Map, Value};

use super::digest::Digest;
use super::error::ApiError;

const OCI_IMAGE: &str = "application/vnd.oci.image.manifest.v1+json";
pub(in crate::registry) const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
const DOCKER_IMAGE: &str = "application/vnd.docker.distribution.manifest.v2+json";
const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";

/// The maximum number of layers of an image. It is not documented; users have measured it.
const MAX_LAYERS: usize = 500;

/// A parsed manifest.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::registry) struct Manifest {
    pub media_type: String,
    pub references: References,
    /// The artifact type; defaults to the media type of the configuration.
    pub artifact_type: Option<String>,
    /// The manifest to which this one is attached, such as the image of a signature.
    pub subject: Option<Digest>,
    pub annotations: Option<Map<String, Value>>,
}

/// The content of an image, or the images of an index.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::registry) enum References {
    Blobs(Vec<Descriptor>),
    Manifests(Vec<Descriptor>),
}

/// A reference in a manifest.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::registry) struct Descriptor {
    pub digest: Digest,
    pub size: u64,
    pub media_type: String,
    /// Whether the content is stored elsewhere (a foreign or nondistributable layer).
    pub foreign: bool,
}

impl Manifest {
    /// Parses a manifest. `stated` is the media type in the request.
    pub(in crate::registry) fn parse(text: &str, stated: Option<&str>) -> Result<Self, ApiError> {
        let json: Value =
            serde_json::from_str(text).map_err(|error| invalid(format!("is not JSON: {error}")))?;
        check_schema_version(&json)?;
        let media_type = media_type(string(&json, "mediaType"), stated)?;
        let references = match media_type.as_str() {
            OCI_IMAGE | DOCKER_IMAGE => References::Blobs(blobs(&json)?),
            OCI_INDEX | DOCKER_LIST => References::Manifests(list(&json, "manifests")?),
            _ => {
                return Err(invalid(format!(
                    "has the mediaType {media_type:?}, which is not supported"
                )));
            }
        };
        let config = json.get("config").and_then(|config| string(config, "mediaType"));
        let artifact_type = string(&json, "artifactType").or(config).map(str::to_owned);
        let subject = json.get("subject").map(|json| descriptor(json, "subject")).transpose()?;
        let subject = subject.map(|subject| subject.digest);
        let annotations = json.get("annotations").and_then(Value::as_object).cloned();
        Ok(Self { media_type, references, artifact_type, subject, annotations })
    }

    pub(in crate::registry) fn blobs(&self) -> &[Descriptor] {
        match &self.references {
            References::Blobs(blobs) => blobs,
            References::Manifests(_) => &[],
        }
    }

    pub(in crate::registry) fn manifests(&self) -> &[Descriptor] {
        match &self.references {
            References::Blobs(_) => &[],
            References::Manifests(manifests) => manifests,
        }
    }
}

fn check_schema_version(json: &Value) -> Result<(), ApiError> {
    match json.get("schemaVersion") {
        Some(version) if version.as_u64() == Some(2) => Ok(()),
        Some(version) => Err(invalid(format!("has the schemaVersion {version}, but must have 2"))),
        None => Err(invalid("has no schemaVersion".to_owned())),
    }
}

/// The media type of the manifest or of the request, which must agree.
fn media_type(own: Option<&str>, stated: Option<&str>) -> Result<String, ApiError> {
    match (own, stated) {
        (Some(own), Some(stated)) if own != stated => Err(invalid(format!(
            "has the mediaType {own:?}, but imageManifestMediaType is {stated:?}"
        ))),
        (Some(either), _) | (None, Some(either)) => Ok(either.to_owned()),
        (None, None) => Err(invalid(
            "has no mediaType, and the request has no imageManifestMediaType".to_owned(),
        )),
    }
}

/// The configuration and the layers of an image.
fn blobs(json: &Value) -> Result<Vec<Descriptor>, ApiError> {
    let config = json.get("config").ok_or_else(|| invalid("has no config".to_owned()))?;
    let mut blobs = vec![descriptor(config, "config")?];
    let layers = list(json, "layers")?;
    match layers.len() {
        0 => return Err(invalid("has no layers, but must have at least one".to_owned())),
        1..=MAX_LAYERS => blobs.extend(layers),
        count => {
            return Err(invalid(format!("has {count} layers, but may have at most {MAX_LAYERS}")));
        }
    }
    Ok(blobs)
}

fn list(json: &Value, member: &str) -> Result<Vec<Descriptor>, ApiError> {
    let elements = json.get(member).and_then(Value::as_array);
    let elements = elements.ok_or_else(|| invalid(format!("has no list {member}")))?;
    let read = |(index, json)| descriptor(json, &format!("{member}[{index}]"));
    elements.iter().enumerate().map(read).collect()
}

fn descriptor(json: &Value, path: &str) -> Result<Descriptor, ApiError> {
    let digest = string(json, "digest").and_then(Digest::parse);
    let digest = digest.ok_or_else(|| invalid(format!("has no digest in {path}")))?;
    let size = json.get("size").and_then(Value::as_u64);
    let size = size.ok_or_else(|| invalid(format!("has no size in {path}")))?;
    let media_type = string(json, "mediaType").filter(|media_type| !media_type.is_empty());
    let media_type = media_type.ok_or_else(|| invalid(format!("has no mediaType in {path}")))?;
    let media_type = media_type.to_owned();
    let foreign = media_type.contains(".foreign.") || media_type.contains(".nondistributable.");
    Ok(Descriptor { digest, size, media_type, foreign })
}

fn string<'a>(json: &'a Value, member: &str) -> Option<&'a str> {
    json.get(member).and_then(Value::as_str)
}

fn invalid(what: String) -> ApiError {
    ApiError::invalid_parameter(format!("imageManifest {what}"))
}

#[cfg(test)]
mod tests {
    use super::{DOCKER_IMAGE, Digest, Manifest, OCI_IMAGE, OCI_INDEX, References};

    #[test]
    fn an_image_references_its_configuration_and_its_layers() {
        let [config, layer] = [b"config", &b"layer"[..]].map(Digest::of);
        let text = format!(
            r#"{{"schemaVersion":2,"mediaType":"{OCI_IMAGE}","config":{{"mediaType":"c","digest":"{config}","size":1}},
            "layers":[{{"mediaType":"x.nondistributable.y","digest":"{layer}","size":2}}]}}"#
        );
        let manifest = Manifest::parse(&text, None);
        let Ok(Manifest { references: References::Blobs(blobs), artifact_type, .. }) = manifest
        else {
            panic!("{manifest:?}")
        };
        assert_eq!(blobs.len(), 2);
        assert_eq!((blobs[0].size, blobs[0].foreign), (1, false));
        assert_eq!((&blobs[1].digest, blobs[1].foreign), (&layer, true));
        assert_eq!(artifact_type.as_deref(), Some("c"));
    }

    #[test]
    fn invalid_manifests_are_rejected_with_a_reason() {
        let index = format!(r#"{{"schemaVersion":2,"mediaType":"{OCI_INDEX}"}}"#);
        let empty = r#"{"schemaVersion":2}"#;
        let digest = Digest::of(b"image");
        let no_size = format!(r#"{{"schemaVersion":2,"manifests":[{{"digest":"{digest}"}}]}}"#);
        let no_type =
            format!(r#"{{"schemaVersion":2,"manifests":[{{"digest":"{digest}","size":1}}]}}"#);
        let no_digest = r#"{"schemaVersion":2,"config":{"digest":"../../x","size":1},"layers":[]}"#;
        for (text, named, message) in [
            (
                "{",
                None,
                "imageManifest is not JSON: EOF while parsing an object at line 1 column 1",
            ),
            ("[]", None, "imageManifest has no schemaVersion"),
            (
                r#"{"schemaVersion":"2"}"#,
                Some(OCI_IMAGE),
                "imageManifest has the schemaVersion \"2\", but must have 2",
            ),
            (
                empty,
                None,
                "imageManifest has no mediaType, and the request has no imageManifestMediaType",
            ),
            (
                &index,
                Some(OCI_IMAGE),
                "imageManifest has the mediaType \"application/vnd.oci.image.index.v1+json\", but \
                 imageManifestMediaType is \"application/vnd.oci.image.manifest.v1+json\"",
            ),
            (&index, None, "imageManifest has no list manifests"),
            (&no_size, Some(OCI_INDEX), "imageManifest has no size in manifests[0]"),
            (&no_type, Some(OCI_INDEX), "imageManifest has no mediaType in manifests[0]"),
            (empty, Some(DOCKER_IMAGE), "imageManifest has no config"),
            (no_digest, Some(OCI_IMAGE), "imageManifest has no digest in config"),
            (
                empty,
                Some("text/plain"),
                "imageManifest has the mediaType \"text/plain\", which is not supported",
            ),
        ] {
            let error = Manifest::parse(text, named).err();
            assert_eq!(error.as_ref().map(super::ApiError::message), Some(message));
        }
    }
}
