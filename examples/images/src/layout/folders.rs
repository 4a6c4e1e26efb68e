//! The folders of a layout.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::file::sync_folder;
use crate::Error;

/// The folders that were created for a layout. Dropping it removes those that are still empty, so that
/// a transfer that fails early leaves nothing behind.
#[derive(Debug)]
pub(crate) struct CreatedFolders(Vec<PathBuf>);

impl CreatedFolders {
    /// Creates the missing folders of a layout.
    pub(crate) fn create(layout: &Path) -> Result<Self, Error> {
        let blobs = layout.join("blobs").join("sha256");
        let missing = blobs.ancestors().take_while(|folder| !folder.exists());
        let missing: Vec<_> = missing.filter(|folder| !folder.as_os_str().is_empty()).collect();
        let mut created = Self(Vec::new());
        for folder in missing.into_iter().rev() {
            created.add(folder).map_err(Error::file("create", folder))?;
        }
        if !blobs.is_dir() {
            let not_a_folder = io::ErrorKind::NotADirectory.into();
            return Err(Error::file("create", &blobs)(not_a_folder));
        }
        Ok(created)
    }

    fn add(&mut self, folder: &Path) -> io::Result<()> {
        match fs::create_dir(folder) {
            // Created by another program in the meantime.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
            result => result?,
        }
        self.0.push(folder.to_owned());
        // Otherwise the files in the folder might be on disk, but not its entry in the parent.
        folder.parent().map_or(Ok(()), sync_folder)
    }
}

impl Drop for CreatedFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // Fails if the folder is not empty, which is intended.
            let _ = fs::remove_dir(folder);
        }
    }
}
