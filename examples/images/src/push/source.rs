//! Reads the file of a blob part by part, and checks its digest.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::{Blob, ContentError, Digest, Error, Hasher};

/// Checks that the file of a blob exists and has the right size.
pub(super) fn check(path: &Path, blob: &Blob) -> Result<(), Error> {
    let found = match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => metadata.len(),
        Ok(_) => return Err(content_error(path, blob.digest, ContentError::Missing)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(content_error(path, blob.digest, ContentError::Missing));
        }
        Err(error) => return Err(Error::file("read", path)(error)),
    };
    if found != blob.size {
        return Err(content_error(
            path,
            blob.digest,
            ContentError::Size { expected: blob.size, found },
        ));
    }
    if found == 0 {
        return Err(content_error(path, blob.digest, ContentError::Empty));
    }
    Ok(())
}

/// A blob file that is being read.
#[derive(Debug)]
pub(super) struct Source {
    path: PathBuf,
    digest: Digest,
    file: File,
    hasher: Hasher,
    size: u64,
    remaining: u64,
    part_size: usize,
}

impl Source {
    pub(super) fn open(path: PathBuf, blob: &Blob, part_size: usize) -> Result<Self, Error> {
        let file = File::open(&path).map_err(Error::file("read", &path))?;
        let (digest, size, hasher) = (blob.digest, blob.size, Hasher::new());
        Ok(Self { path, digest, file, hasher, size, remaining: size, part_size })
    }

    /// Reads the next part; `None` at the end. Fails at the end if the digest is wrong.
    pub(super) fn next(&mut self) -> Result<Option<Bytes>, Error> {
        if self.remaining == 0 {
            return self.check_digest().map(|()| None);
        }
        let length = self.remaining.min(self.part_size as u64);
        // At most `part_size`, which is a `usize`.
        let mut part = Vec::with_capacity(usize::try_from(length).unwrap_or(self.part_size));
        let read = (&mut self.file).take(length).read_to_end(&mut part);
        let read = read.map_err(Error::file("read", &self.path))? as u64;
        if read != length {
            let found = self.size - self.remaining + read;
            return Err(content_error(
                &self.path,
                self.digest,
                ContentError::Size { expected: self.size, found },
            ));
        }
        self.hasher.update(&part);
        self.remaining -= length;
        Ok(Some(part.into()))
    }

    fn check_digest(&self) -> Result<(), Error> {
        let found = self.hasher.clone().finish();
        if found == self.digest {
            return Ok(());
        }
        Err(content_error(&self.path, self.digest, ContentError::Digest { found }))
    }
}

fn content_error(path: &Path, digest: Digest, problem: ContentError) -> Error {
    Error::Content { location: path.display().to_string(), digest, problem }
}
