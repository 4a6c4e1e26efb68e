//! An error and its sources: as values, and their messages.

use std::error::Error;
use std::io;
use std::iter::successors;

/// Returns the messages of an error and its sources, outermost first. Some errors include the
/// message of their source in their own; a message that the previous one already contains is
/// omitted.
pub(crate) fn messages(mut next: Option<&(dyn Error + 'static)>) -> Vec<String> {
    let mut messages: Vec<String> = Vec::new();
    while let Some(error) = next {
        let message = error.to_string();
        if !messages.last().is_some_and(|outer| outer.contains(&message)) {
            messages.push(message);
        }
        next = error.source();
    }
    messages
}

/// Returns an error and its sources, outermost first. The error inside an I/O error is included,
/// although `source` skips it.
pub(crate) fn errors<'a>(
    first: Option<&'a (dyn Error + 'static)>,
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(first, |error| {
        let error: &'a (dyn Error + 'static) = *error;
        let io_error = error.downcast_ref::<io::Error>();
        match io_error.and_then(io::Error::get_ref) {
            Some(inner) => Some(inner as &(dyn Error + 'static)),
            None => error.source(),
        }
    })
}
