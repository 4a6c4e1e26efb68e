//! Generates sample images of any size, for any platforms, reproducibly.
//!
//! A layer is a tar archive of one file with pseudo-random content, which does not compress.

mod layer;

use std::ops::RangeInclusive;
use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use crate::layout::LayoutWriter;
use crate::manifest::{OCI_INDEX, OCI_MANIFEST};
use crate::{Descriptor, Error, Platform};

const OCI_CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const OCI_LAYER: &str = "application/vnd.oci.image.layer.v1.tar";

/// Options of a sample image.
#[derive(Debug, Clone)]
pub struct SampleOptions {
    platforms: Vec<Platform>,
    layers: usize,
    layer_size: u64,
    name: String,
}

impl SampleOptions {
    /// The possible sizes of a layer, in bytes.
    pub const LAYER_SIZES: RangeInclusive<u64> = layer::MIN_SIZE..=layer::MAX_SIZE;

    /// The defaults: an image named `sample` for `linux/amd64`, with two layers of 1 MiB.
    #[must_use]
    pub fn new() -> Self {
        let amd64 = Platform { architecture: "amd64".into(), os: "linux".into(), variant: None };
        let name = "sample".to_owned();
        Self { platforms: vec![amd64], layers: 2, layer_size: 1024 * 1024, name }
    }

    /// Sets the platforms. Unless there is exactly one, the image is an index.
    #[must_use]
    pub fn platforms(mut self, platforms: impl IntoIterator<Item = Platform>) -> Self {
        self.platforms = platforms.into_iter().collect();
        self
    }

    /// Sets the number of layers per platform. The first layer is the same for all platforms.
    #[must_use]
    pub fn layers(mut self, layers: usize) -> Self {
        self.layers = layers;
        self
    }

    /// Sets the size of each layer in bytes, clamped to [`LAYER_SIZES`](Self::LAYER_SIZES).
    #[must_use]
    pub fn layer_size(mut self, bytes: u64) -> Self {
        self.layer_size = bytes.clamp(*Self::LAYER_SIZES.start(), *Self::LAYER_SIZES.end());
        self
    }

    /// Sets the name of the image in the layout.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }
}

impl Default for SampleOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// Writes an image into a layout, which is created if it does not exist, and returns its entry in
/// `index.json`. Other images of the layout are kept.
///
/// # Errors
/// Returns an error if the folder cannot be written or its `index.json` is invalid.
pub fn write(folder: &Path, options: &SampleOptions) -> Result<Descriptor, Error> {
    let writer = LayoutWriter::create(folder)?;
    let mut manifests = Vec::new();
    for (number, platform) in (0..).zip(&options.platforms) {
        manifests.push(write_manifest(&writer, options, number, platform)?);
    }
    let image = match manifests.as_slice() {
        [only] => Descriptor { platform: None, ..only.clone() },
        _ => write_index(&writer, &manifests)?,
    };
    let image = image.named(&options.name);
    writer.add_entry(&image)?;
    Ok(image)
}

fn write_index(writer: &LayoutWriter, manifests: &[Descriptor]) -> Result<Descriptor, Error> {
    let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": manifests });
    put(writer, OCI_INDEX, &index)
}

/// Writes the image of one platform.
fn write_manifest(
    writer: &LayoutWriter,
    options: &SampleOptions,
    number: u64,
    platform: &Platform,
) -> Result<Descriptor, Error> {
    let mut layers = Vec::new();
    for layer in 0..options.layers as u64 {
        let seed = if layer == 0 { 0 } else { (number << 32) + layer };
        let digest = layer::write(writer, seed, options.layer_size)?;
        layers.push(Descriptor::new(OCI_LAYER, digest, options.layer_size));
    }
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": put(writer, OCI_CONFIG, &config(platform, &layers))?,
        "layers": layers,
    });
    let manifest = put(writer, OCI_MANIFEST, &manifest)?;
    Ok(Descriptor { platform: Some(platform.clone()), ..manifest })
}

/// The configuration. Because layers are not compressed, their digests here and in the manifest are
/// equal.
fn config(platform: &Platform, layers: &[Descriptor]) -> impl Serialize {
    let layers: Vec<String> = layers.iter().map(|layer| layer.digest.to_string()).collect();
    let mut config = json!(platform);
    if let Value::Object(members) = &mut config {
        members.insert("config".to_owned(), json!({}));
        members.insert("rootfs".to_owned(), json!({ "type": "layers", "diff_ids": layers }));
    }
    config
}

fn put(
    writer: &LayoutWriter,
    media_type: &str,
    content: &impl Serialize,
) -> Result<Descriptor, Error> {
    let content = json!(content).to_string();
    let digest = writer.put(content.as_bytes())?;
    Ok(Descriptor::new(media_type, digest, content.len() as u64))
}
