//! Progress reports.

use crate::Blob;

/// The result for one blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobStatus {
    /// The blob was moved.
    Moved,
    /// The blob was present at the destination.
    AlreadyPresent,
}

/// Receives the progress of a transfer.
///
/// The methods are called from several tasks and must not block. Every [planned](Self::planned) blob is
/// [finished](Self::finished) once, unless the transfer fails or is dropped. `()` ignores progress.
pub trait Progress: Send + Sync + 'static {
    /// Called once at the start, with all blobs of the image.
    fn planned(&self, blobs: &[Blob]) {
        let _ = blobs;
    }

    /// The transfer of a blob starts.
    fn started(&self, blob: &Blob) {
        let _ = blob;
    }

    /// More bytes of a blob were moved, or were found in the partial file of an earlier transfer. The
    /// sum is the size of the blob.
    fn moved(&self, blob: &Blob, bytes: u64) {
        let _ = (blob, bytes);
    }

    /// A blob is at the destination. There are no other reports for a blob that was already present.
    fn finished(&self, blob: &Blob, status: BlobStatus) {
        let _ = (blob, status);
    }
}

impl Progress for () {}
