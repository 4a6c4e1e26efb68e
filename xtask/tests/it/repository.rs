//! The files of this repository.

use std::{
    fs,
    path::{Path, PathBuf},
};

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// All files below a folder, except for those below folders with these names. A missing folder has
/// no files.
pub(crate) fn files(folder: &Path, skipped: &[&str]) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if !path.is_dir() {
            found.push(path);
        } else if !skipped.contains(&path.file_name().unwrap().to_str().unwrap()) {
            found.extend(files(&path, skipped));
        }
    }
    found
}
