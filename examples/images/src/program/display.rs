//! Selects how progress is displayed: bars on a terminal, lines elsewhere.

use std::io::{IsTerminal, stderr};

use super::{ProgressBars, ProgressLines};
use crate::{Blob, BlobStatus, Progress};

/// Displays the progress of one transfer on standard error.
#[derive(Debug)]
pub enum TransferDisplay {
    /// Bars, which need a terminal.
    Bars(ProgressBars),
    /// A line for each finished blob.
    Lines(ProgressLines),
}

impl TransferDisplay {
    /// Selects bars if standard error is a terminal that can move its cursor.
    #[must_use]
    pub fn of_stderr() -> Self {
        if is_terminal() { Self::Bars(ProgressBars::new()) } else { Self::Lines(ProgressLines) }
    }

    /// Ends the display. Call it before printing other output.
    pub fn end(&self) {
        if let Self::Bars(bars) = self {
            bars.end();
        }
    }

    /// Ends the display after Ctrl-C.
    pub fn freeze(&self) {
        if let Self::Bars(bars) = self {
            bars.freeze();
        }
    }

    fn progress(&self) -> &dyn Progress {
        match self {
            Self::Bars(bars) => bars,
            Self::Lines(lines) => lines,
        }
    }
}

impl Progress for TransferDisplay {
    fn planned(&self, blobs: &[Blob]) {
        self.progress().planned(blobs);
    }

    fn started(&self, blob: &Blob) {
        self.progress().started(blob);
    }

    fn moved(&self, blob: &Blob, bytes: u64) {
        self.progress().moved(blob, bytes);
    }

    fn finished(&self, blob: &Blob, status: BlobStatus) {
        self.progress().finished(blob, status);
    }
}

/// Returns `true` if standard error is a terminal that can move its cursor.
pub(super) fn is_terminal() -> bool {
    stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
