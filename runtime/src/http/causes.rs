//! Searches an error and its causes.

use std::error::Error;
use std::io;

use crate::display::error_chain::errors;

/// Returns the first result of `find` for an error and its causes, outermost first.
pub(crate) fn find_cause<'a, T>(
    error: &'a (dyn Error + 'static),
    find: impl Fn(&'a (dyn Error + 'static)) -> Option<T>,
) -> Option<T> {
    errors(Some(error)).find_map(find)
}

/// Returns true if the predicate holds for an error or one of its causes.
pub(crate) fn has_cause(
    error: &(dyn Error + 'static),
    predicate: fn(&(dyn Error + 'static)) -> bool,
) -> bool {
    find_cause(error, |error| predicate(error).then_some(())).is_some()
}

/// Returns the kind of an I/O error, and `None` for any other error.
pub(crate) fn io_kind(error: &(dyn Error + 'static)) -> Option<io::ErrorKind> {
    error.downcast_ref::<io::Error>().map(io::Error::kind)
}
