//! Writes a blob to a partial file, which is renamed when it is complete and its digest is right.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use crate::layout::partial;
use crate::{Blob, ContentError, Digest, Error, Hasher};

/// The buffer size for hashing files.
const BUFFER_SIZE: usize = 256 * 1024;

/// Returns `true` if the file of a blob exists and has the right digest.
pub(super) fn is_complete(path: &Path, blob: &Blob) -> Result<bool, Error> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Error::file("read", path)(error)),
    };
    let size = file.metadata().map_err(Error::file("read", path))?.len();
    if size != blob.size {
        return Ok(false);
    }
    let mut hasher = Hasher::new();
    hash(file, &mut hasher).map_err(Error::file("read", path))?;
    Ok(hasher.finish() == blob.digest)
}

/// A blob file that is being written.
#[derive(Debug)]
pub(super) struct Sink {
    blob: PathBuf,
    partial: PathBuf,
    file: File,
    hasher: Hasher,
    digest: Digest,
    written: u64,
}

impl Sink {
    /// Opens the partial file, and resumes what an earlier pull wrote. The digest of the whole blob is
    /// checked at the end.
    pub(super) fn open(path: PathBuf, blob: &Blob) -> Result<Self, Error> {
        let partial = partial(&path);
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).open(&partial);
        let file = file.map_err(Error::file("write", &partial))?;
        let mut hasher = Hasher::new();
        let mut written = hash(&file, &mut hasher).map_err(Error::file("read", &partial))?;
        if written > blob.size {
            (written, hasher) = (0, Hasher::new());
            restart(&file).map_err(Error::file("write", &partial))?;
        }
        Ok(Self { blob: path, partial, file, hasher, digest: blob.digest, written })
    }

    /// The number of bytes in the file.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    pub(super) fn write(&mut self, chunk: &[u8]) -> Result<(), Error> {
        self.hasher.update(chunk);
        self.file.write_all(chunk).map_err(Error::file("write", &self.partial))?;
        self.written += chunk.len() as u64;
        Ok(())
    }

    /// Renames the file if its digest is right. Otherwise removes it, so that the next pull does not
    /// resume it.
    pub(super) fn finish(self, location: &str) -> Result<(), Error> {
        let (digest, found) = (self.digest, self.hasher.finish());
        if found == digest {
            return fs::rename(&self.partial, &self.blob).map_err(Error::file("write", &self.blob));
        }
        fs::remove_file(&self.partial).map_err(Error::file("remove", &self.partial))?;
        Err(Error::Content {
            location: location.to_owned(),
            digest,
            problem: ContentError::Digest { found },
        })
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
