//! Progress where no terminal is: a line for each blob that is where it should be.

use super::bars::short;
use super::{Size, tell};
use crate::{Blob, Outcome, Progress};

/// Prints them to the standard error.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lines;

impl Progress for Lines {
    fn planned(&self, blobs: &[Blob]) {
        let bytes = blobs.iter().map(|blob| blob.size).fold(0, u64::saturating_add);
        tell(format_args!("{} blobs, {}", blobs.len(), Size(bytes)));
    }

    fn finished(&self, blob: &Blob, outcome: Outcome) {
        let became = match outcome {
            Outcome::Moved => "moved",
            Outcome::AlreadyThere => "there already",
        };
        tell(format_args!("{} {:>10} {became}", short(&blob.digest), Size(blob.size).to_string()));
    }
}
