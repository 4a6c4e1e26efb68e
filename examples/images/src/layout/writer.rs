//! Writes layouts: blobs first, and then the entry in `index.json`.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::index::Index;
use super::{INDEX_FILE, LAYOUT_FILE, VERSION, blob_path, check_layout_file, file};
use crate::{Descriptor, Digest, Error};

/// Adds images to a layout. Existing images are kept.
#[derive(Debug, Clone)]
pub(crate) struct LayoutWriter {
    folder: PathBuf,
}

impl LayoutWriter {
    /// Reads an existing layout, so that an invalid one is rejected before anything is moved. Creates
    /// nothing.
    pub(crate) fn open(folder: &Path) -> Result<Self, Error> {
        check_layout_file(folder)?;
        let writer = Self { folder: folder.to_owned() };
        Index::read_or_new(&writer.index_path())?;
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

    /// Adds an entry for an image. Replaces entries with the same name, and returns their digests if
    /// they are different.
    pub(crate) fn add_entry(&self, image: &Descriptor) -> Result<Vec<String>, Error> {
        let mut index = Index::read_or_new(&self.index_path())?;
        let replaced = index.add(image);
        if !check_layout_file(&self.folder)? {
            let layout = json!({ "imageLayoutVersion": VERSION });
            file::write(&self.folder.join(LAYOUT_FILE), layout.to_string().as_bytes())?;
        }
        index.write()?;
        Ok(replaced)
    }

    fn index_path(&self) -> PathBuf {
        self.folder.join(INDEX_FILE)
    }
}
