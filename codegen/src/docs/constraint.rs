//! Describes constraints in words.

use super::escape::code;
use crate::ir::{Bounds, Constraints, Number};

/// What the length of a value counts, by the type of the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Of a string.
    Characters,
    /// Of a blob.
    Bytes,
    /// Of a list.
    Elements,
    /// Of a map.
    Entries,
}

impl Counted {
    fn noun(self, count: Option<Number>) -> &'static str {
        match (self, count == Some(Number::Whole(1))) {
            (Self::Characters, true) => " character",
            (Self::Characters, false) => " characters",
            (Self::Bytes, true) => " byte",
            (Self::Bytes, false) => " bytes",
            (Self::Elements, true) => " element",
            (Self::Elements, false) => " elements",
            (Self::Entries, true) => " entry",
            (Self::Entries, false) => " entries",
        }
    }
}

/// Returns all constraints of a value as a phrase without a full stop, or `None` if there are none.
pub fn constraints(constraints: &Constraints, counted: Counted) -> Option<String> {
    let Constraints { length, range, pattern, unique, .. } = constraints;
    let phrases = [
        length.as_ref().and_then(|length| bounds(length, |count| counted.noun(count))),
        range.as_ref().and_then(|range| bounds(range, |_| "")),
        pattern.as_ref().map(|pattern| format!("matches the pattern {}", code(pattern))),
        unique.then(|| "no duplicates".to_owned()),
    ];
    let phrases: Vec<_> = phrases.into_iter().flatten().collect();
    (!phrases.is_empty()).then(|| phrases.join("; "))
}

/// Returns bounds in words; the noun agrees with the number before it.
fn bounds(bounds: &Bounds, noun: impl Fn(Option<Number>) -> &'static str) -> Option<String> {
    let Bounds { min, max } = bounds;
    let words = match (min, max) {
        (None, None) => return None,
        (Some(min), Some(max)) if min == max => format!("exactly {max}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
    };
    Some(words + noun(max.or(*min)))
}
