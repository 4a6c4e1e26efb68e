//! The file of a blob, read part by part and hashed on the way.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::{Blob, Digest, Error, Flaw, Hasher};

/// Sees that the file of a blob is there and has the size of the blob.
pub(super) fn check(path: &Path, blob: &Blob) -> Result<(), Error> {
    let found = match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => metadata.len(),
        Ok(_) => return Err(flaw(path, blob.digest, Flaw::Missing)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(flaw(path, blob.digest, Flaw::Missing));
        }
        Err(error) => return Err(Error::file("read", path)(error)),
    };
    if found != blob.size {
        return Err(flaw(path, blob.digest, Flaw::Size { expected: blob.size, found }));
    }
    if found == 0 {
        return Err(flaw(path, blob.digest, Flaw::Empty));
    }
    Ok(())
}

/// A blob that is being read.
#[derive(Debug)]
pub(super) struct Source {
    path: PathBuf,
    digest: Digest,
    file: File,
    hasher: Hasher,
    size: u64,
    left: u64,
    part_size: usize,
}

impl Source {
    pub(super) fn open(path: PathBuf, blob: &Blob, part_size: usize) -> Result<Self, Error> {
        let file = File::open(&path).map_err(Error::file("read", &path))?;
        let (digest, size, hasher) = (blob.digest, blob.size, Hasher::new());
        Ok(Self { path, digest, file, hasher, size, left: size, part_size })
    }

    /// The next part, `None` at the end. The end is reached only by content that has the digest.
    pub(super) fn next(&mut self) -> Result<Option<Bytes>, Error> {
        if self.left == 0 {
            return self.check_digest().map(|()| None);
        }
        let length = self.left.min(self.part_size as u64);
        // A part fits into memory, because its size came as a `usize`.
        let mut part = Vec::with_capacity(usize::try_from(length).unwrap_or(self.part_size));
        let read = (&mut self.file).take(length).read_to_end(&mut part);
        let read = read.map_err(Error::file("read", &self.path))? as u64;
        if read != length {
            let found = self.size - self.left + read;
            return Err(flaw(&self.path, self.digest, Flaw::Size { expected: self.size, found }));
        }
        self.hasher.update(&part);
        self.left -= length;
        Ok(Some(part.into()))
    }

    fn check_digest(&self) -> Result<(), Error> {
        let found = self.hasher.clone().finish();
        if found == self.digest {
            return Ok(());
        }
        Err(flaw(&self.path, self.digest, Flaw::Digest { found }))
    }
}

fn flaw(path: &Path, digest: Digest, flaw: Flaw) -> Error {
    Error::Content { place: path.display().to_string(), digest, flaw }
}
