//! Defines the options and the result of the lowering.

use std::collections::BTreeSet;

use crate::{coverage::Coverage, error::Problem, ir, smithy::ShapeId};

/// The options of the lowering.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// The operations to keep; `None` keeps all.
    pub(crate) operations: Option<Vec<String>>,
    /// The service, for a model with several.
    pub(crate) service: Option<ShapeId>,
    /// Whether other services are generated too. A requested operation may then belong to one of
    /// them.
    pub(crate) several: bool,
    /// Whether an operation, a paginator, a waiter or an endpoint test case that cannot be generated
    /// is an error instead of a warning.
    pub(crate) strict: bool,
    /// Whether an unknown trait is a warning instead of an error.
    pub(crate) lenient: bool,
    /// Whether the model's test cases are generated as well.
    pub(crate) endpoint_tests: bool,
}

/// A lowered service with its warnings.
pub(crate) struct Lowered {
    /// The service.
    pub(crate) service: ir::Service,
    /// Warnings: skipped operations and unknown traits.
    pub(crate) warnings: Vec<Problem>,
    /// Its documentation coverage.
    pub(crate) coverage: Coverage,
    /// The names of the operations that are skipped because they stream.
    pub(crate) streaming: BTreeSet<String>,
}
