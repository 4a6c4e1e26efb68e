//! Who hears how far a transfer has come.

use crate::Blob;

/// What became of a blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It has been moved.
    Moved,
    /// It was there before, so that nothing had to be moved.
    AlreadyThere,
}

/// Hears of every blob of a transfer: a bar on a terminal, or a list in a test.
///
/// The calls come from several tasks and must not wait for anything. Every blob that is
/// [`planned`](Self::planned) is [`finished`](Self::finished) once, unless the transfer ends with
/// an error or is dropped. `()` listens to nothing.
pub trait Progress: Send + Sync + 'static {
    /// These blobs belong to the image, each once. Called once, before anything else.
    fn planned(&self, blobs: &[Blob]) {
        let _ = blobs;
    }

    /// A blob is about to be moved.
    fn started(&self, blob: &Blob) {
        let _ = blob;
    }

    /// So many further bytes of a blob have arrived, or were found where an earlier transfer had
    /// left them. Together they are the size of the blob.
    fn moved(&self, blob: &Blob, bytes: u64) {
        let _ = (blob, bytes);
    }

    /// A blob is where it should be. One that was already there has neither started nor moved.
    fn finished(&self, blob: &Blob, outcome: Outcome) {
        let _ = (blob, outcome);
    }
}

impl Progress for () {}
