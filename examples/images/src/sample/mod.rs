//! Generates sample images of any size, for any platforms, reproducibly.
//!
//! A layer is a tar archive of one file with pseudo-random content, which does not compress.

mod image;
mod layer;

use std::ops::RangeInclusive;
use std::path::Path;

use crate::layout::LayoutWriter;
use crate::{Descriptor, Digest, Error, Platform};
use image::ImageWriter;

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

/// A report of [`write_with_progress`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SampleProgress {
    /// The number of layers to write and their total size. The first report.
    Planned {
        /// The number of layers.
        layers: usize,
        /// Their total size in bytes.
        bytes: u64,
    },
    /// More bytes of a layer were written. The sum of these reports is the total size.
    Written {
        /// The number of bytes.
        bytes: u64,
    },
    /// A layer is complete.
    Layer {
        /// Its digest.
        digest: Digest,
        /// Its size in bytes.
        size: u64,
    },
}

/// Writes an image into a layout, which is created if it does not exist, and returns its entry in
/// `index.json`. Replaces an image of the same name. Other images of the layout are kept.
///
/// # Errors
/// Returns an error if the folder cannot be written or its `index.json` is invalid.
pub fn write(folder: &Path, options: &SampleOptions) -> Result<Descriptor, Error> {
    write_with_progress(folder, options, |_| {})
}

/// Does the same as [`write()`], and reports progress while the layers are written.
///
/// # Errors
/// Returns an error if the folder cannot be written or its `index.json` is invalid.
pub fn write_with_progress(
    folder: &Path,
    options: &SampleOptions,
    mut progress: impl FnMut(SampleProgress),
) -> Result<Descriptor, Error> {
    ImageWriter::new(LayoutWriter::open(folder)?, options, &mut progress).write(folder)
}
