//! The file of a blob while it is written: beside its place until it is whole and right.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use crate::layout::partial;
use crate::{Blob, Digest, Error, Flaw, Hasher};

/// How many bytes of a file are hashed at once.
const BUFFER: usize = 256 * 1024;

/// Whether the file of a blob is there and right.
pub(super) fn is_whole(path: &Path, blob: &Blob) -> Result<bool, Error> {
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

/// A blob that is being written.
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
    /// Goes on with what an earlier pull has left, whose content counts as if it had just come: it
    /// is the digest of the whole that decides.
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

    /// How many bytes there are.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    pub(super) fn write(&mut self, piece: &[u8]) -> Result<(), Error> {
        self.hasher.update(piece);
        self.file.write_all(piece).map_err(Error::file("write", &self.partial))?;
        self.written += piece.len() as u64;
        Ok(())
    }

    /// Gives the file its name if it is right, and removes it if not, so that the next pull does
    /// not go on with it.
    pub(super) fn finish(self, place: &str) -> Result<(), Error> {
        let (digest, found) = (self.digest, self.hasher.finish());
        if found == digest {
            return fs::rename(&self.partial, &self.blob).map_err(Error::file("write", &self.blob));
        }
        fs::remove_file(&self.partial).map_err(Error::file("remove", &self.partial))?;
        Err(Error::Content { place: place.to_owned(), digest, flaw: Flaw::Digest { found } })
    }
}

/// Hashes what is left of a file, and says how many bytes that were.
fn hash(mut file: impl Read, hasher: &mut Hasher) -> io::Result<u64> {
    let mut buffer = vec![0; BUFFER];
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
