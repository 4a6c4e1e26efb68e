//! What the lowering is asked for, and what it returns.

use crate::{coverage::Coverage, error::Problem, ir, smithy::ShapeId};

/// What the caller asks of the lowering.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// The operations to keep; all of them where this is `None`.
    pub(crate) operations: Option<Vec<String>>,
    /// The service, of a model that may have several.
    pub(crate) service: Option<ShapeId>,
    /// Whether other services are generated as well, to which an operation may belong instead.
    pub(crate) several: bool,
    /// Whether an operation that cannot be generated is an error instead of left out.
    pub(crate) strict: bool,
    /// Whether an unknown trait is a warning instead of an error.
    pub(crate) lenient: bool,
    /// Whether the model's test cases are generated as well.
    pub(crate) endpoint_tests: bool,
}

/// A lowered service, and what was noticed on the way.
pub(crate) struct Lowered {
    /// The service.
    pub(crate) service: ir::Service,
    /// What was let pass: operations that are left out, and unknown traits.
    pub(crate) warnings: Vec<Problem>,
    /// How much of it the model says something of.
    pub(crate) coverage: Coverage,
}
