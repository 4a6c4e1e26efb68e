//! Returns paths in this repository.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

/// The root of this repository, independent of the working directory.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// The folder for builds and for everything that is downloaded or generated for them.
pub(crate) fn target_folder() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Copies this repository's lock file to another workspace, so that both build the same versions.
pub(crate) fn copy_lock_file(folder: &Path) -> Result<(), Box<dyn Error>> {
    let lock = root().join("Cargo.lock");
    fs::copy(&lock, folder.join("Cargo.lock"))
        .map_err(|error| format!("cannot copy {}: {error}", lock.display()))?;
    Ok(())
}
