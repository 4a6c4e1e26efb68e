//! Parses the regular expressions of models, and determines which of them the runtime can check.
//!
//! The runtime has its own parser, because it does not depend on the generator. Tests check
//! that both support the same patterns, and that the runtime accepts the examples made with this one.

mod classes;
mod parser;
mod sets;
#[cfg(test)]
mod tests;

/// Alternatives, each a sequence.
pub(super) type Alternatives = Vec<Vec<PatternNode>>;

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum PatternNode {
    /// One character of a set.
    Set(Set),
    /// A group.
    Group(Alternatives),
    /// Repetition, with an inclusive upper bound.
    Repeat(Box<PatternNode>, usize, usize),
    /// The start of the text.
    Start,
    /// The end of the text.
    End,
}

/// A set of characters. Classes contain only their ASCII characters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Set {
    pub(super) negated: bool,
    pub(super) ranges: Vec<(char, char)>,
}

impl Set {
    pub(super) fn has(&self, c: char) -> bool {
        self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&c)) != self.negated
    }
}

/// Parses a pattern; `None` if it is malformed or contains something that a syntax tree does not
/// represent, such as an assertion.
pub(super) fn read(pattern: &str) -> Option<Alternatives> {
    parser::parse(pattern).filter(|parsed| parsed.is_complete).map(|parsed| parsed.alternatives)
}

/// Returns true if the runtime can check the pattern, at least in part.
pub(super) fn is_supported(pattern: &str) -> bool {
    parser::parse(pattern).is_some()
}
