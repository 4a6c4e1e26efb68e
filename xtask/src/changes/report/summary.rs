//! The changes of several services and how they are summed up.

use crate::changes::tree::{Changes, Release, Status};

/// What changed between two places.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// What the old ones are called.
    pub(crate) from: String,
    /// What the new ones are called.
    pub(crate) to: String,
    /// The services that are in both, by name.
    pub(crate) services: Vec<Changes>,
    /// Services of which there is no old model.
    pub(crate) added: Vec<String>,
    /// Services of which there is no new model.
    pub(crate) removed: Vec<String>,
    /// How many services of other protocols than awsJson there are.
    pub(crate) passed_over: usize,
    /// Services that could not be compared, and why.
    pub(crate) failed: Vec<(String, String)>,
}

impl Report {
    /// Whether every service that both have is as it was. One that a side has alone is named and
    /// is no change: often somebody compares the few they have with all there are.
    pub(crate) fn is_equal(&self) -> bool {
        self.failed.is_empty() && self.services.iter().all(Changes::is_empty)
    }

    /// What is said of the services that were not compared, but for their names.
    pub(super) fn alone(&self) -> [(&'static str, &[String]); 2] {
        [("only in the new", &self.added), ("only in the old", &self.removed)]
    }
}

/// How a version goes on, from 1.0 on and before.
pub(super) fn steps(release: Release) -> (&'static str, &'static str) {
    match release {
        Release::None => ("none", "none"),
        Release::Patch => ("patch", "patch"),
        Release::Minor => ("minor", "patch"),
        Release::Major => ("major", "minor"),
    }
}

/// How many operations there are of one fate.
pub(super) fn count(changes: &Changes, status: Status) -> usize {
    changes.operations(status).count()
}
