//! Reads the content of a blob part by part, and checks its digest.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::{Blob, ContentError, Digest, Error, Hasher, embedded};

/// Checks that the file of a blob exists and has the right size. If there is no file, the content
/// may be in the manifest.
pub(super) fn check(path: &Path, blob: &Blob) -> Result<(), Error> {
    let found = match (fs::metadata(path), &blob.data) {
        (Ok(metadata), _) if metadata.is_file() => metadata.len(),
        (Ok(_), _) => return Err(content_error(path, blob.digest, ContentError::Missing)),
        (Err(error), Some(data)) if error.kind() == io::ErrorKind::NotFound => {
            embedded::decode(data, blob.digest, blob.size)?.len() as u64
        }
        (Err(error), None) if error.kind() == io::ErrorKind::NotFound => {
            return Err(content_error(path, blob.digest, ContentError::Missing));
        }
        (Err(error), _) => return Err(Error::file("read", path)(error)),
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

/// Opens the file of a blob, or else the content in the manifest.
fn open(path: &Path, blob: &Blob) -> Result<Box<dyn Read + Send>, Error> {
    match (File::open(path), &blob.data) {
        (Ok(file), _) => Ok(Box::new(file)),
        (Err(error), Some(data)) if error.kind() == io::ErrorKind::NotFound => {
            Ok(Box::new(io::Cursor::new(embedded::decode(data, blob.digest, blob.size)?)))
        }
        (Err(error), _) => Err(Error::file("read", path)(error)),
    }
}

/// The content of a blob that is being read.
pub(super) struct Source {
    path: PathBuf,
    digest: Digest,
    content: Box<dyn Read + Send>,
    hasher: Hasher,
    size: u64,
    remaining: u64,
    part_size: usize,
}

impl Source {
    pub(super) fn open(path: PathBuf, blob: &Blob, part_size: usize) -> Result<Self, Error> {
        let content = open(&path, blob)?;
        let (digest, size, hasher) = (blob.digest, blob.size, Hasher::new());
        Ok(Self { path, digest, content, hasher, size, remaining: size, part_size })
    }

    /// Reads the next part; `None` at the end. Fails at the end if the digest is wrong.
    pub(super) fn next(&mut self) -> Result<Option<Bytes>, Error> {
        if self.remaining == 0 {
            return self.check_digest().map(|()| None);
        }
        let length = self.remaining.min(self.part_size as u64);
        // At most `part_size`, which is a `usize`.
        let mut part = Vec::with_capacity(usize::try_from(length).unwrap_or(self.part_size));
        let read = (&mut self.content).take(length).read_to_end(&mut part);
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
