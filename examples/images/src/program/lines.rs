//! Progress without a terminal: a line for each finished blob.

use super::bar::short_digest;
use super::{Size, err};
use crate::{Blob, BlobStatus, Progress};

/// Prints progress to standard error.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProgressLines;

impl Progress for ProgressLines {
    fn planned(&self, blobs: &[Blob]) {
        let bytes = blobs.iter().map(|blob| blob.size).fold(0, u64::saturating_add);
        err(format_args!("{} blobs, {}", blobs.len(), Size(bytes).rounded()));
    }

    fn finished(&self, blob: &Blob, status: BlobStatus) {
        let result = match status {
            BlobStatus::Moved => "moved",
            BlobStatus::AlreadyPresent => "already present",
        };
        err(format_args!(
            "{} {:>10} {result}",
            short_digest(&blob.digest),
            Size(blob.size).rounded().to_string()
        ));
    }
}
