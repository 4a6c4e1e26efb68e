//! The target of log records, which subscribers filter by.

/// The target of the spans and events of calls. It does not depend on the module that logs, so
/// filters keep working when code moves.
pub(crate) const CALLS: &str = "longshore_runtime::trace";
