//! Paths in this repository.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

/// The root of this repository, wherever `cargo xtask` was called from.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// Where builds, and what is fetched or generated for them, are kept.
pub(crate) fn target_folder() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Makes the lock file of another workspace that of this repository: both are to build the same
/// versions.
pub(crate) fn copy_lock_file(folder: &Path) -> Result<(), Box<dyn Error>> {
    let lock = root().join("Cargo.lock");
    fs::copy(&lock, folder.join("Cargo.lock"))
        .map_err(|error| format!("cannot copy {}: {error}", lock.display()))?;
    Ok(())
}
