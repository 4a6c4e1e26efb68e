//! Summarizes the changes of several services, with totals.

use crate::changes::tree::{Changes, Release, Status};

/// The result of a comparison.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The name of the old models.
    pub(crate) from: String,
    /// The name of the new models.
    pub(crate) to: String,
    /// The services of both, sorted by name.
    pub(crate) services: Vec<Changes>,
    /// Services that have only a new model.
    pub(crate) added: Vec<String>,
    /// Services that have only an old model.
    pub(crate) removed: Vec<String>,
    /// The number of services of unsupported protocols.
    pub(crate) passed_over: usize,
    /// Services that could not be compared, and why.
    pub(crate) failed: Vec<(String, String)>,
}

impl Report {
    /// Returns true if no service that exists on both sides changed. A service on only one side is
    /// listed but does not count as a change, because people often compare a few models with all of
    /// upstream's.
    pub(crate) fn is_equal(&self) -> bool {
        self.failed.is_empty() && self.services.iter().all(Changes::is_empty)
    }

    /// The services of one side only, with a description of the side.
    pub(super) fn alone(&self) -> [(&'static str, &[String]); 2] {
        [("only in the new models", &self.added), ("only in the old models", &self.removed)]
    }
}

/// The version bumps that a release needs, from 1.0 on and before 1.0.
pub(super) fn version_bumps(release: Release) -> (&'static str, &'static str) {
    match release {
        Release::None => ("none", "none"),
        Release::Patch => ("patch", "patch"),
        Release::Minor => ("minor", "patch"),
        Release::Major => ("major", "minor"),
    }
}

/// The number of operations with this status.
pub(super) fn count(changes: &Changes, status: Status) -> usize {
    changes.operations(status).count()
}
