//! The messages of an error and its sources.

use std::error::Error;

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
