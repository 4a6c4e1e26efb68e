//! Compares two models, and describes what changed and what that means for callers of the generated
//! API.
//!
//! `source` finds the models, `compare` builds a tree of their differences with the help of `rust`,
//! and `report` prints it. `longshore changes` and `cargo xtask import` use it. It writes no files
//! and prints nothing to the console.

pub mod compare;
pub mod report;
mod rust;
mod source;
pub(crate) mod tree;

use std::{num::NonZeroUsize, path::Path};

use self::{
    compare::Order,
    report::Report,
    source::{MatchedServices, ServicePair},
    tree::Changes,
};
use crate::{read::read_model, thread_pool};

/// The services of two models or folders of models, matched by name.
pub(crate) struct Comparison {
    from: String,
    to: String,
    matched: MatchedServices,
    threads: NonZeroUsize,
}

impl Comparison {
    /// Finds the services of both sides. `only` names the services to compare; if empty, all are
    /// compared.
    pub(crate) fn of(old: &Path, new: &Path, only: &[String]) -> Result<Self, String> {
        let threads = thread_pool::threads(None);
        let matched = source::pair(old, new, only, threads)?;
        // An empty comparison must not be reported as "nothing changed".
        if matched.pairs.is_empty() && matched.failed.is_empty() {
            return Err(matched.nothing());
        }
        let (from, to) = (old.display().to_string(), new.display().to_string());
        Ok(Self { from, to, matched, threads })
    }

    /// The number of services to compare.
    pub(crate) fn services(&self) -> usize {
        self.matched.pairs.len()
    }

    /// Compares the services. `on_service` is called with the name of each service when it is done.
    pub(crate) fn report(
        self,
        order: Order,
        on_service: impl Fn(&str) + Sync,
    ) -> Result<Report, String> {
        let MatchedServices { pairs, added, removed, passed_over, failed } = self.matched;
        let is_one = pairs.len() == 1 && failed.is_empty();
        let (from, to) = (self.from, self.to);
        let mut report =
            Report { from, to, added, removed, passed_over, failed, ..Report::default() };
        let job = |pair: &ServicePair| {
            let result = compare_pair(pair, order);
            on_service(&pair.name);
            result
        };
        let results = thread_pool::map(&pairs, self.threads, job);
        for (pair, result) in pairs.into_iter().zip(results) {
            match result {
                Ok(changes) => report.services.push(changes),
                // There is nothing else to report.
                Err(why) if is_one => {
                    return Err(format!("{} could not be compared: {why}", pair.name));
                }
                Err(why) => report.failed.push((pair.name, why)),
            }
        }
        Ok(report)
    }
}

fn compare_pair(pair: &ServicePair, order: Order) -> Result<Changes, String> {
    let read = |paths| read_model(paths).map_err(|error| error.to_string());
    let (old, new) = (read(&pair.old)?, read(&pair.new)?);
    compare::compare(&pair.name, old, new, order).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests;
