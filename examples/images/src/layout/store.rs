//! A layout as it is written: blobs first, and the entry in `index.json` when all of them are
//! there.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::{INDEX, MARK, VERSION, blob_path, file};
use crate::descriptor::REF_NAME;
use crate::manifest::OCI_INDEX;
use crate::{Descriptor, Digest, Error};

/// A folder that is or becomes a layout. Images that are in it stay.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    folder: PathBuf,
}

impl Store {
    /// Makes the folders. What the folder has already is looked at now, so that a folder which
    /// cannot take the image is refused before anything is moved.
    pub(crate) fn create(folder: &Path) -> Result<Self, Error> {
        let store = Self { folder: folder.to_owned() };
        store.index()?;
        let blobs = folder.join("blobs").join("sha256");
        fs::create_dir_all(&blobs).map_err(Error::file("create", &blobs))?;
        Ok(store)
    }

    pub(crate) fn blob_path(&self, digest: Digest) -> PathBuf {
        blob_path(&self.folder, digest)
    }

    /// Writes a blob that is in memory.
    pub(crate) fn put(&self, content: &[u8]) -> Result<Digest, Error> {
        let digest = Digest::of(content);
        file::write(&self.blob_path(digest), content)?;
        Ok(digest)
    }

    /// Adds the image to those of the layout. It takes the place of one of the same name, or,
    /// without a name, of an entry of the same digest that has none either.
    pub(crate) fn record(&self, image: &Descriptor) -> Result<(), Error> {
        let mut index = self.index()?;
        if let Some(Value::Array(entries)) = index.get_mut("manifests") {
            entries.retain(|entry| !is_replaced(entry, image));
            entries.push(json!(image));
        }
        let mark = json!({ "imageLayoutVersion": VERSION });
        file::write(&self.folder.join(MARK), mark.to_string().as_bytes())?;
        file::write(&self.folder.join(INDEX), Value::Object(index).to_string().as_bytes())
    }

    /// The `index.json` that is there, with all its members, or an empty one.
    fn index(&self) -> Result<Map<String, Value>, Error> {
        let path = self.folder.join(INDEX);
        if !path.exists() {
            let empty = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [] });
            return Ok(empty.as_object().cloned().unwrap_or_default());
        }
        let index: Map<String, Value> = file::read_json(&path)?;
        if !index.get("manifests").is_some_and(Value::is_array) {
            let problem = "it is no index of images: it has no list `manifests`".to_owned();
            return Err(Error::Document { place: path.display().to_string(), problem });
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

/// The file that holds what has come of another one so far, beside it.
pub(crate) fn partial(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".partial");
    name.into()
}
