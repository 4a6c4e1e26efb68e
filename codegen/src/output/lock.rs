//! Locks the output folder, so that runs that write to the same folder wait for each other.

use std::{fs::File, io, path::Path};

/// Waits until no other run uses the folder. The lock is released when the file is dropped or the
/// process ends.
pub fn lock(folder: &Path) -> io::Result<File> {
    let file = lock_file(folder)?;
    match file.lock() {
        // Some network file systems do not support locks; concurrent runs are then not prevented.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        result => result.map(|()| file),
    }
}

/// On Unix the folder itself can be locked, which leaves no file behind.
#[cfg(unix)]
fn lock_file(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// On other systems a file in the temporary folder represents it, outside of version control.
#[cfg(not(unix))]
fn lock_file(folder: &Path) -> io::Result<File> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    folder.canonicalize()?.hash(&mut hasher);
    let name = format!("longshore-{:016x}.lock", hasher.finish());
    File::options().create(true).append(true).open(std::env::temp_dir().join(name))
}
