//! Reads small files up to a maximum size, and replaces files atomically.
//!
//! This is the only file of the crate that renames files: content that is not yet on disk must not
//! replace older content, because a power failure could then lose both.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::Error;

/// The maximum size of the JSON files of a layout, in bytes.
const MAX_JSON_SIZE: u64 = 16 * 1024 * 1024;

/// Reads a file of at most `max` bytes.
pub(super) fn read(path: &Path, max: u64) -> Result<Vec<u8>, Error> {
    let file = File::open(path).map_err(Error::file("read", path))?;
    let mut content = Vec::new();
    file.take(max + 1).read_to_end(&mut content).map_err(Error::file("read", path))?;
    if content.len() as u64 > max {
        let problem = format!("the file has more than {max} bytes");
        return Err(Error::Document { location: path.display().to_string(), problem });
    }
    Ok(content)
}

/// Reads a JSON file.
pub(super) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    serde_json::from_slice(&read(path, MAX_JSON_SIZE)?).map_err(|error| Error::Document {
        location: path.display().to_string(),
        problem: format!("invalid content: {error}"),
    })
}

/// Replaces a file atomically. A failure leaves no partial file.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<(), Error> {
    let partial = partial(path);
    let written = File::create(&partial).and_then(|mut file| {
        file.write_all(content)?;
        commit(&file, &partial, path)
    });
    written.map_err(|error| {
        // The write error is more useful than a removal error.
        let _ = fs::remove_file(&partial);
        Error::file("write", path)(error)
    })
}

/// The path of a file while it is incomplete.
pub(crate) fn partial(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".partial");
    name.into()
}

/// Renames a complete file into place. Its content is synced first, and the folder afterwards.
pub(crate) fn commit(file: &File, partial: &Path, path: &Path) -> io::Result<()> {
    commit_with(file, partial, path, sync_folder)
}

fn commit_with(
    file: &impl Sync,
    partial: &Path,
    path: &Path,
    sync_folder: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<()> {
    file.sync()?;
    fs::rename(partial, path)?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Content that can be synced to disk.
trait Sync {
    fn sync(&self) -> io::Result<()>;
}

impl Sync for File {
    fn sync(&self) -> io::Result<()> {
        self.sync_all()
    }
}

/// Syncs the entries of a folder, if the system supports it.
#[cfg(unix)]
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    // The parent of a bare file name is an empty path.
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    File::open(path)?.sync_all()
}

/// Syncs the entries of a folder, if the system supports it.
#[cfg(not(unix))]
pub(super) fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// Records what exists when the content is synced.
    struct Recorder<'a> {
        log: &'a RefCell<Vec<String>>,
        paths: [&'a Path; 2],
        result: fn() -> io::Result<()>,
    }

    impl Recorder<'_> {
        fn record(&self, what: &str) {
            let [partial, path] = self.paths.map(|path| fs::read_to_string(path).ok());
            self.log.borrow_mut().push(format!("{what}: {partial:?} {path:?}"));
        }
    }

    impl Sync for Recorder<'_> {
        fn sync(&self) -> io::Result<()> {
            self.record("content");
            (self.result)()
        }
    }

    /// Commits a new file over an old one, and returns the log and whether it succeeded.
    fn commit_over_old(result: fn() -> io::Result<()>) -> (Vec<String>, bool) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("index.json");
        let partial = partial(&path);
        fs::write(&path, "old").expect("written");
        fs::write(&partial, "new").expect("written");
        let log = RefCell::default();
        let file = Recorder { log: &log, paths: [&partial, &path], result };
        let committed = commit_with(&file, &partial, &path, |synced| {
            assert_eq!(synced, folder.path());
            file.record("folder");
            Ok(())
        });
        file.record("end");
        let committed = committed.is_ok();
        (log.take(), committed)
    }

    #[test]
    fn content_is_synced_before_the_rename_and_the_folder_after_it() {
        let expected = [
            "content: Some(\"new\") Some(\"old\")",
            "folder: None Some(\"new\")",
            "end: None Some(\"new\")",
        ];
        assert_eq!(commit_over_old(|| Ok(())), (expected.map(str::to_owned).to_vec(), true));
    }

    #[test]
    fn content_that_cannot_be_synced_replaces_nothing() {
        let (log, committed) = commit_over_old(|| Err(io::ErrorKind::StorageFull.into()));
        assert!(!committed);
        assert_eq!(log.last().map(String::as_str), Some("end: Some(\"new\") Some(\"old\")"));
    }

    #[test]
    fn a_failed_write_leaves_no_partial_file() {
        let folder = tempfile::tempdir().expect("a folder");
        // A folder cannot be replaced by a file.
        let path = folder.path().join("index.json");
        fs::create_dir(&path).expect("created");
        assert!(write(&path, b"{}").is_err());
        assert!(!partial(&path).exists());
    }

    #[test]
    fn files_are_renamed_and_written_here_only() {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut folders = vec![sources.clone()];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let source = fs::read_to_string(&path).expect("a source file");
                if ["rename(", "fs::write(", "fs::copy("].iter().any(|call| source.contains(call)) {
                    found.push(path.strip_prefix(&sources).expect("below").to_owned());
                }
            }
        }
        assert_eq!(found, [Path::new("layout/file.rs")]);
    }
}
