//! The target of log records, by which a subscriber can filter them.

/// The target of the spans and events of calls. It does not depend on the file that logs, so that filters
/// keep working when code moves.
pub(crate) const CALLS: &str = "longshore_runtime::trace";
