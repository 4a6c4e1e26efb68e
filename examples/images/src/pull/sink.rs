//! Writes a blob to a partial file, which is renamed when it is complete and its digest is right.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use crate::layout::{commit, partial};
use crate::{Blob, ContentError, Digest, Error, Hasher};

/// The buffer size for hashing files.
const BUFFER_SIZE: usize = 256 * 1024;

/// Returns `true` if the file of a blob exists and has the right digest.
pub(super) fn is_complete(path: &Path, blob: &Blob) -> Result<bool, Error> {
    has_content(path, blob.digest, blob.size)
}

fn has_content(path: &Path, digest: Digest, expected: u64) -> Result<bool, Error> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Error::file("read", path)(error)),
    };
    let size = file.metadata().map_err(Error::file("read", path))?.len();
    if size != expected {
        return Ok(false);
    }
    let mut hasher = Hasher::new();
    hash(file, &mut hasher).map_err(Error::file("read", path))?;
    Ok(hasher.finish() == digest)
}

/// A blob file that is being written.
#[derive(Debug)]
pub(super) struct Sink {
    blob: PathBuf,
    partial: PathBuf,
    /// The partial file; `None` until there is content, so that failures leave no empty files.
    file: Option<File>,
    hasher: Hasher,
    digest: Digest,
    written: u64,
}

impl Sink {
    /// Opens an existing partial file, and resumes after what an earlier pull wrote. The digest of
    /// the whole blob is checked at the end.
    pub(super) fn open(path: PathBuf, blob: &Blob) -> Result<Self, Error> {
        let partial = partial(&path);
        let (mut hasher, mut written) = (Hasher::new(), 0);
        let file = existing(&partial).map_err(Error::file("write", &partial))?;
        if let Some(file) = &file {
            written = hash(file, &mut hasher).map_err(Error::file("read", &partial))?;
            if written > blob.size {
                (written, hasher) = (0, Hasher::new());
                restart(file).map_err(Error::file("write", &partial))?;
            }
        }
        Ok(Self { blob: path, partial, file, hasher, digest: blob.digest, written })
    }

    /// The number of bytes in the file.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    pub(super) fn write(&mut self, chunk: &[u8]) -> Result<(), Error> {
        if chunk.is_empty() {
            return Ok(());
        }
        self.hasher.update(chunk);
        let written = self.file().and_then(|mut file| file.write_all(chunk));
        written.map_err(Error::file("write", &self.partial))?;
        self.written += chunk.len() as u64;
        Ok(())
    }

    /// The partial file, which is created if it does not exist.
    fn file(&mut self) -> io::Result<&File> {
        match &mut self.file {
            Some(file) => Ok(file),
            none => Ok(none.insert(File::create_new(&self.partial)?)),
        }
    }

    fn commit(&mut self) -> Result<(), Error> {
        let (partial, blob) = (self.partial.clone(), self.blob.clone());
        match self.file().and_then(|file| commit(file, &partial, &blob)) {
            // Blocking work of a canceled pull may continue for a moment, and may have moved the
            // same file.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                match has_content(&blob, self.digest, self.written)? {
                    true => Ok(()),
                    false => Err(Error::file("write", &blob)(error)),
                }
            }
            result => result.map_err(Error::file("write", &blob)),
        }
    }

    /// Moves the file into place if its digest is right. Otherwise removes it, so that the next pull
    /// does not resume it.
    pub(super) fn finish(mut self, location: &str) -> Result<(), Error> {
        let (digest, found) = (self.digest, self.hasher.clone().finish());
        if found == digest {
            return self.commit();
        }
        if self.file.is_some() {
            fs::remove_file(&self.partial).map_err(Error::file("remove", &self.partial))?;
        }
        Err(Error::Content {
            location: location.to_owned(),
            digest,
            problem: ContentError::Digest { found },
        })
    }
}

/// Opens a partial file if it exists.
fn existing(partial: &Path) -> io::Result<Option<File>> {
    match OpenOptions::new().read(true).write(true).open(partial) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        result => result.map(Some),
    }
}

/// Hashes the rest of a file and returns its number of bytes.
fn hash(mut file: impl Read, hasher: &mut Hasher) -> io::Result<u64> {
    let mut buffer = vec![0; BUFFER_SIZE];
    let mut total = 0;
    loop {
        let read = match file.read(&mut buffer) {
            Ok(0) => return Ok(total),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hasher.update(buffer.get(..read).unwrap_or_default());
        total += read as u64;
    }
}

fn restart(mut file: &File) -> io::Result<()> {
    file.set_len(0)?;
    io::Seek::rewind(&mut file)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTENT: &[u8] = b"content";

    fn blob() -> Blob {
        let (digest, size) = (Digest::of(CONTENT), CONTENT.len() as u64);
        Blob { digest, size, media_type: String::new(), data: None }
    }

    #[test]
    fn a_file_without_content_is_not_created() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut sink = Sink::open(folder.path().join("blob"), &blob()).expect("opened");
        sink.write(b"").expect("nothing to write");
        let error = sink.finish("there").map_err(|error| error.to_string());
        assert!(error.is_err_and(|error| error.starts_with("there is damaged: its digest is ")));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }

    #[test]
    fn a_file_that_another_pull_has_moved_is_complete() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("blob");
        let open = || {
            let mut sink = Sink::open(path.clone(), &blob()).expect("opened");
            if sink.written() == 0 {
                sink.write(CONTENT).expect("written");
            }
            sink
        };
        let (first, second) = (open(), open());
        first.finish("there").expect("moved");
        second.finish("there").expect("moved already");
        assert_eq!(fs::read(&path).expect("a file"), CONTENT);

        let third = open();
        fs::remove_file(partial(&path)).expect("removed");
        fs::remove_file(&path).expect("removed");
        assert!(third.finish("there").is_err());
    }
}
