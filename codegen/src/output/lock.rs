//! A lock on the output folder, so that runs into one folder wait for each other.

use std::{fs::File, io, path::Path};

/// Waits until no other run works in the folder. The lock ends with the file, or with the process.
pub fn lock(folder: &Path) -> io::Result<File> {
    let file = lock_file(folder)?;
    match file.lock() {
        // Some network file systems have no locks; two runs at once are then up to their users.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        result => result.map(|()| file),
    }
}

/// On Unix a folder can be locked itself, which leaves nothing behind.
#[cfg(unix)]
fn lock_file(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// Elsewhere a file stands for the folder, out of the way of version control.
#[cfg(not(unix))]
fn lock_file(folder: &Path) -> io::Result<File> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    folder.canonicalize()?.hash(&mut hasher);
    let name = format!("longshore-{:016x}.lock", hasher.finish());
    File::options().create(true).append(true).open(std::env::temp_dir().join(name))
}
