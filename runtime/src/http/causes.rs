//! Searches an error and its causes.

use std::error::Error;
use std::io;

/// Returns the first result of `find` for an error and its causes, outermost first.
pub(crate) fn find_cause<'a, T>(
    error: &'a (dyn Error + 'static),
    find: impl Fn(&'a (dyn Error + 'static)) -> Option<T>,
) -> Option<T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = find(error) {
            return Some(found);
        }
        next = match inner_error(error) {
            Some(inner_error) => Some(inner_error),
            None => error.source(),
        };
    }
    None
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

/// Returns the error inside an I/O error. `source` would skip it and return that error's own
/// source.
fn inner_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    error.downcast_ref::<io::Error>()?.get_ref().map(|inner_error| inner_error as _)
}
