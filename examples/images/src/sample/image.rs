//! Writes a sample image: layers, configurations, manifests, and the entry in `index.json`.

use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use super::{SampleOptions, SampleProgress, layer};
use crate::descriptor::REF_NAME;
use crate::layout::{CreatedFolders, LayoutWriter};
use crate::manifest::{OCI_INDEX, OCI_MANIFEST};
use crate::{Descriptor, Digest, Error, Platform};

const OCI_CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const OCI_LAYER: &str = "application/vnd.oci.image.layer.v1.tar";

/// An image that is being written.
pub(super) struct ImageWriter<'a> {
    writer: LayoutWriter,
    options: &'a SampleOptions,
    progress: &'a mut dyn FnMut(SampleProgress),
    /// The first layer, which all platforms share.
    shared: Option<Digest>,
}

impl<'a> ImageWriter<'a> {
    pub(super) fn new(
        writer: LayoutWriter,
        options: &'a SampleOptions,
        progress: &'a mut dyn FnMut(SampleProgress),
    ) -> Self {
        Self { writer, options, progress, shared: None }
    }

    /// Writes the image into the folder of the layout, and returns its entry.
    pub(super) fn write(mut self, folder: &Path) -> Result<Descriptor, Error> {
        let _created = CreatedFolders::create(folder)?;
        let options = self.options;
        let layers = layer_count(options.platforms.len(), options.layers);
        let bytes = options.layer_size.saturating_mul(layers as u64);
        (self.progress)(SampleProgress::Planned { layers, bytes });
        let mut manifests = Vec::new();
        for (number, platform) in (0..).zip(&options.platforms) {
            manifests.push(self.write_manifest(number, platform)?);
        }
        let image = match manifests.as_slice() {
            [only] => Descriptor { platform: None, ..only.clone() },
            _ => self.write_index(&manifests)?,
        };
        let image = image.annotated(REF_NAME, &options.name);
        self.writer.add_entry(&image)?;
        Ok(image)
    }

    fn write_index(&self, manifests: &[Descriptor]) -> Result<Descriptor, Error> {
        let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": manifests });
        self.put(OCI_INDEX, &index)
    }

    /// Writes the image of one platform.
    fn write_manifest(&mut self, number: u64, platform: &Platform) -> Result<Descriptor, Error> {
        let mut layers = Vec::new();
        for layer in 0..self.options.layers as u64 {
            let digest = match (layer, self.shared) {
                (0, Some(shared)) => shared,
                (0, None) => self.write_layer(0)?,
                _ => self.write_layer((number << 32) + layer)?,
            };
            self.shared.get_or_insert(digest);
            layers.push(Descriptor::new(OCI_LAYER, digest, self.options.layer_size));
        }
        let manifest = json!({
            "schemaVersion": 2,
            "mediaType": OCI_MANIFEST,
            "config": self.put(OCI_CONFIG, &config(platform, &layers))?,
            "layers": layers,
        });
        let manifest = self.put(OCI_MANIFEST, &manifest)?;
        Ok(Descriptor { platform: Some(platform.clone()), ..manifest })
    }

    fn write_layer(&mut self, seed: u64) -> Result<Digest, Error> {
        let size = self.options.layer_size;
        let progress = &mut *self.progress;
        let on_write = &mut |bytes| progress(SampleProgress::Written { bytes });
        let digest = layer::write(&self.writer, seed, size, on_write)?;
        (self.progress)(SampleProgress::Layer { digest, size });
        Ok(digest)
    }

    fn put(&self, media_type: &str, content: &impl Serialize) -> Result<Descriptor, Error> {
        let content = json!(content).to_string();
        let digest = self.writer.put(content.as_bytes())?;
        Ok(Descriptor::new(media_type, digest, content.len() as u64))
    }
}

/// The number of different layers.
fn layer_count(platforms: usize, layers: usize) -> usize {
    match (platforms, layers) {
        (0, _) | (_, 0) => 0,
        _ => 1 + platforms.saturating_mul(layers - 1),
    }
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
