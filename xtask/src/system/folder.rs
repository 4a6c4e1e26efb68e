//! Removes folders.

use std::{fs, io, path::Path};

/// Removes a folder with its content, if it exists.
pub(crate) fn remove_if_exists(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
