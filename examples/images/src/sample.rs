//! Images to try things with: of any size, for any platforms, and the same each time.
//!
//! They are whole images. A layer is an archive with one file, whose bytes look like chance and so
//! cannot be made smaller on the way.

mod layer;

use std::ops::RangeInclusive;
use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use crate::layout::Store;
use crate::manifest::{OCI_INDEX, OCI_MANIFEST};
use crate::{Descriptor, Error, Platform};

const OCI_CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const OCI_LAYER: &str = "application/vnd.oci.image.layer.v1.tar";

/// What a sample image is like.
#[derive(Debug, Clone)]
pub struct SampleOptions {
    platforms: Vec<Platform>,
    layers: usize,
    layer_size: u64,
    name: String,
}

impl SampleOptions {
    /// How many bytes a layer can have.
    pub const LAYER_SIZES: RangeInclusive<u64> = layer::SMALLEST..=layer::LARGEST;

    /// Called `sample`, for one platform, `linux/amd64`, with two layers of 1 MiB.
    #[must_use]
    pub fn new() -> Self {
        let amd64 = Platform { architecture: "amd64".into(), os: "linux".into(), variant: None };
        let name = "sample".to_owned();
        Self { platforms: vec![amd64], layers: 2, layer_size: 1024 * 1024, name }
    }

    /// The platforms. With more than one, or with none, the image is an index.
    #[must_use]
    pub fn platforms(mut self, platforms: impl IntoIterator<Item = Platform>) -> Self {
        self.platforms = platforms.into_iter().collect();
        self
    }

    /// How many layers each platform has. The first one is the same for all platforms.
    #[must_use]
    pub fn layers(mut self, layers: usize) -> Self {
        self.layers = layers;
        self
    }

    /// How many bytes each layer has: these, or the nearest of [`LAYER_SIZES`](Self::LAYER_SIZES).
    #[must_use]
    pub fn layer_size(mut self, bytes: u64) -> Self {
        self.layer_size = bytes.clamp(*Self::LAYER_SIZES.start(), *Self::LAYER_SIZES.end());
        self
    }

    /// The name of the image in the layout.
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

/// Writes an image into a layout, which is made if the folder is not there. Other images that the
/// layout has stay. The answer is the entry in `index.json`.
///
/// # Errors
/// A folder that cannot be written to, or whose `index.json` is not one of a layout.
pub fn write(folder: &Path, options: &SampleOptions) -> Result<Descriptor, Error> {
    let store = Store::create(folder)?;
    let mut manifests = Vec::new();
    for (number, platform) in (0..).zip(&options.platforms) {
        manifests.push(write_manifest(&store, options, number, platform)?);
    }
    let image = match manifests.as_slice() {
        [only] => Descriptor { platform: None, ..only.clone() },
        _ => write_index(&store, &manifests)?,
    };
    let image = image.named(&options.name);
    store.record(&image)?;
    Ok(image)
}

fn write_index(store: &Store, manifests: &[Descriptor]) -> Result<Descriptor, Error> {
    let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": manifests });
    put(store, OCI_INDEX, &index)
}

/// The image of the platform with this number.
fn write_manifest(
    store: &Store,
    options: &SampleOptions,
    number: u64,
    platform: &Platform,
) -> Result<Descriptor, Error> {
    let mut layers = Vec::new();
    for layer in 0..options.layers as u64 {
        let seed = if layer == 0 { 0 } else { (number << 32) + layer };
        let digest = layer::write(store, seed, options.layer_size)?;
        layers.push(Descriptor::new(OCI_LAYER, digest, options.layer_size));
    }
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": put(store, OCI_CONFIG, &config(platform, &layers))?,
        "layers": layers,
    });
    let manifest = put(store, OCI_MANIFEST, &manifest)?;
    Ok(Descriptor { platform: Some(platform.clone()), ..manifest })
}

/// Layers that are not compressed have the same digest here as in the manifest.
fn config(platform: &Platform, layers: &[Descriptor]) -> impl Serialize {
    let layers: Vec<String> = layers.iter().map(|layer| layer.digest.to_string()).collect();
    let mut config = json!(platform);
    if let Value::Object(members) = &mut config {
        members.insert("config".to_owned(), json!({}));
        members.insert("rootfs".to_owned(), json!({ "type": "layers", "diff_ids": layers }));
    }
    config
}

fn put(store: &Store, media_type: &str, content: &impl Serialize) -> Result<Descriptor, Error> {
    let content = json!(content).to_string();
    let digest = store.put(content.as_bytes())?;
    Ok(Descriptor::new(media_type, digest, content.len() as u64))
}
