//! Defines the result of a run: files and facts about them.

use std::collections::BTreeMap;

use crate::{coverage::Coverage, emit, error::Problem, ir};

/// A generated tree, not yet written.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Generated {
    /// The text of each file by its path below the source folder, with `/` between the parts.
    pub files: BTreeMap<String, String>,
    /// The services, by module.
    pub services: Vec<Summary>,
    /// The package that examples in the documentation refer to, `ecr-client`, if the tree is that
    /// of a crate.
    pub package: String,
    /// The features of `longshore-runtime` that the tree requires, by name. The crate that mounts
    /// the tree must enable them in its Cargo.toml, `longshore-runtime = { ..., features =
    /// ["compression"] }`; a build script cannot do so. If `compression` is missing, a compiler
    /// error states this.
    pub runtime_features: Vec<&'static str>,
    /// Warnings.
    pub warnings: Vec<Problem>,
    /// The documentation coverage of each service, by module.
    pub coverage: BTreeMap<String, Coverage>,
}

/// A generated service in brief.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// The full name.
    pub title: String,
    /// The module, `ecr_public`.
    pub module: String,
    /// The feature, `ecr-public`.
    pub feature: String,
    /// The number of operations.
    pub operations: usize,
}

impl Summary {
    pub(crate) fn of(service: &ir::Service) -> Self {
        Self {
            title: service.title.clone(),
            module: service.module.as_str().to_owned(),
            feature: emit::feature(&service.module),
            operations: service.operations.len(),
        }
    }
}
