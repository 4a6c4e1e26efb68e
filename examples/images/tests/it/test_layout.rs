//! Layouts in temporary folders, for tests that damage them.

use std::fs;
use std::path::{Path, PathBuf};

use longshore_images::{Descriptor, Digest, Layout, SampleOptions, sample};
use serde_json::{Value, json};
use tempfile::TempDir;

pub const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub const INDEX: &str = "application/vnd.oci.image.index.v1+json";
pub const LAYER: &str = "application/vnd.oci.image.layer.v1.tar";

/// A layout in a temporary folder.
#[derive(Debug)]
pub struct TestLayout(TempDir);

impl TestLayout {
    /// Creates a layout without images.
    pub fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        fs::create_dir_all(folder.path().join("blobs/sha256")).expect("folders");
        folder.write("oci-layout", json!({ "imageLayoutVersion": "1.0.0" }).to_string());
        folder.index(&[]);
        folder
    }

    /// Creates a layout with a sample image.
    pub fn sample(options: &SampleOptions) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        sample::write(folder.path(), options).expect("a sample");
        folder
    }

    /// The layout in a folder.
    pub fn existing(folder: TempDir) -> Self {
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn layout(&self) -> Layout {
        Layout::open(self.path()).expect("a layout")
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path().join(name), content).expect("a file");
    }

    pub fn index(&self, entries: &[Value]) {
        let index = json!({ "schemaVersion": 2, "manifests": entries });
        self.write("index.json", index.to_string());
    }

    /// Adds a blob.
    pub fn blob(&self, media_type: &str, content: impl AsRef<[u8]>) -> Descriptor {
        let content = content.as_ref();
        let digest = Digest::of(content);
        fs::write(self.blob_path(digest), content).expect("a blob");
        Descriptor::new(media_type, digest, content.len() as u64)
    }

    /// Adds a manifest with these members and the schema version.
    pub fn manifest(&self, media_type: &str, mut members: Value) -> Descriptor {
        members["schemaVersion"] = json!(2);
        self.blob(media_type, members.to_string())
    }

    /// Adds an image with one layer.
    pub fn image(&self, layer: &[u8]) -> Descriptor {
        let config = self.blob("application/vnd.oci.image.config.v1+json", "{}");
        let layers = [self.blob(LAYER, layer)];
        self.manifest(MANIFEST, json!({ "config": config, "layers": layers }))
    }

    /// Creates a layout with an image whose layer and configuration are one blob of two bytes.
    pub fn of_one_blob() -> Self {
        let folder = Self::new();
        let blob = folder.blob("application/vnd.oci.empty.v1+json", "{}");
        let image = folder.manifest(MANIFEST, json!({ "config": blob, "layers": [blob] }));
        folder.index(&[json!(image)]);
        folder
    }

    /// The JSON of `index.json`.
    pub fn read_index(&self) -> Value {
        read_index(self.path())
    }

    pub fn blob_path(&self, digest: Digest) -> PathBuf {
        self.path().join("blobs/sha256").join(digest.hex())
    }
}

/// The JSON of `index.json` in a folder.
pub fn read_index(folder: &Path) -> Value {
    let index = fs::read(folder.join("index.json")).expect("an index");
    serde_json::from_slice(&index).expect("JSON")
}

/// The files of a layout, except for `index.json`.
pub fn blobs(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder.join("blobs/sha256")).expect("blobs");
    let mut blobs: Vec<_> = entries
        .map(|entry| {
            let entry = entry.expect("an entry");
            let name = entry.file_name().into_string().expect("a name");
            (name, fs::read(entry.path()).expect("a blob"))
        })
        .collect();
    blobs.sort();
    blobs
}
