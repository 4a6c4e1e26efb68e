//! Locks the output folder, so that runs that write to the same folder wait for each other.
//!
//! `File::lock` of the standard library needs Rust 1.89.

use std::{fs::File, io, path::Path};

/// Waits until no other run uses the folder. The lock is released when the file is dropped or the
/// process ends. The folder itself is locked, so no lock file is left behind.
#[cfg(unix)]
pub fn lock(folder: &Path) -> io::Result<File> {
    use rustix::{
        fs::{FlockOperation, flock},
        io::retry_on_intr,
    };
    let file = File::open(folder)?;
    match retry_on_intr(|| flock(&file, FlockOperation::LockExclusive)).map_err(io::Error::from) {
        // Some network file systems do not support locks; concurrent runs are then not prevented.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        result => result.map(|()| file),
    }
}

/// Waits until no other run uses the folder. A file in the temporary folder, outside of version
/// control, represents the folder; while one run has it open, other runs cannot open it.
#[cfg(windows)]
pub fn lock(folder: &Path) -> io::Result<File> {
    use std::{os::windows::fs::OpenOptionsExt, thread, time::Duration};
    /// `ERROR_SHARING_VIOLATION`
    const IN_USE: i32 = 32;
    const POLL_INTERVAL: Duration = Duration::from_millis(50);
    let path = lock_path(folder)?;
    loop {
        match File::options().create(true).append(true).share_mode(0).open(&path) {
            Err(error) if error.raw_os_error() == Some(IN_USE) => thread::sleep(POLL_INTERVAL),
            result => return result,
        }
    }
}

/// Opens a file without a lock: concurrent runs are not prevented on this system.
#[cfg(not(any(unix, windows)))]
pub fn lock(folder: &Path) -> io::Result<File> {
    File::options().create(true).append(true).open(lock_path(folder)?)
}

#[cfg(not(unix))]
fn lock_path(folder: &Path) -> io::Result<std::path::PathBuf> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    folder.canonicalize()?.hash(&mut hasher);
    let name = format!("longshore-{:016x}.lock", hasher.finish());
    Ok(std::env::temp_dir().join(name))
}
