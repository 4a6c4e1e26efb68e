//! An error and its causes in words.

use std::error::Error;

/// What an error and its causes say, from the outside to the inside. Some errors print their cause
/// themselves, some do not; none is to be read twice.
pub(crate) fn texts(mut next: Option<&(dyn Error + 'static)>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    while let Some(error) = next {
        let text = error.to_string();
        if !all.last().is_some_and(|outer| outer.contains(&text)) {
            all.push(text);
        }
        next = error.source();
    }
    all
}
