//! Writes layouts: blobs first, and then the entry in `index.json`.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::{INDEX_FILE, LAYOUT_FILE, VERSION, blob_path, file};
use crate::descriptor::REF_NAME;
use crate::manifest::OCI_INDEX;
use crate::{Descriptor, Digest, Error};

/// Adds images to a layout. Existing images are kept.
#[derive(Debug, Clone)]
pub(crate) struct LayoutWriter {
    folder: PathBuf,
}

impl LayoutWriter {
    /// Creates the folders. Reads an existing `index.json`, so that an invalid one is rejected before
    /// anything is moved.
    pub(crate) fn create(folder: &Path) -> Result<Self, Error> {
        let writer = Self { folder: folder.to_owned() };
        writer.index()?;
        let blobs = folder.join("blobs").join("sha256");
        fs::create_dir_all(&blobs).map_err(Error::file("create", &blobs))?;
        Ok(writer)
    }

    pub(crate) fn blob_path(&self, digest: Digest) -> PathBuf {
        blob_path(&self.folder, digest)
    }

    /// Writes a blob from memory.
    pub(crate) fn put(&self, content: &[u8]) -> Result<Digest, Error> {
        let digest = Digest::of(content);
        file::write(&self.blob_path(digest), content)?;
        Ok(digest)
    }

    /// Adds an entry for an image. Replaces the entry with the same name, or for an image without a
    /// name, the unnamed entry with the same digest.
    pub(crate) fn add_entry(&self, image: &Descriptor) -> Result<(), Error> {
        let mut index = self.index()?;
        if let Some(Value::Array(entries)) = index.get_mut("manifests") {
            entries.retain(|entry| !is_replaced(entry, image));
            entries.push(json!(image));
        }
        let layout = json!({ "imageLayoutVersion": VERSION });
        file::write(&self.folder.join(LAYOUT_FILE), layout.to_string().as_bytes())?;
        file::write(&self.folder.join(INDEX_FILE), Value::Object(index).to_string().as_bytes())
    }

    /// The existing `index.json` with all of its members, or an empty one.
    fn index(&self) -> Result<Map<String, Value>, Error> {
        let path = self.folder.join(INDEX_FILE);
        if !path.exists() {
            let empty = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [] });
            return Ok(empty.as_object().cloned().unwrap_or_default());
        }
        let index: Map<String, Value> = file::read_json(&path)?;
        if !index.get("manifests").is_some_and(Value::is_array) {
            let problem = "not an image index: there is no list `manifests`".to_owned();
            return Err(Error::Document { location: path.display().to_string(), problem });
        }
        Ok(index)
    }
}

fn is_replaced(entry: &Value, image: &Descriptor) -> bool {
    let name = entry.pointer("/annotations").and_then(|all| all.get(REF_NAME));
    let name = name.and_then(Value::as_str);
    let digest = entry.get("digest").and_then(Value::as_str);
    name == image.name() && (name.is_some() || digest == Some(&image.digest.to_string()))
}

/// The path of a file while it is incomplete.
pub(crate) fn partial(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".partial");
    name.into()
}
