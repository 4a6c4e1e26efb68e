//! The syntax tree of a pattern.

use super::set::Set;

/// A parsed pattern. Nodes refer to sets by index, because repetitions are compiled to copies.
#[derive(Debug)]
pub(super) struct Syntax {
    pub(super) alternatives: Alternatives,
    pub(super) sets: Vec<Set>,
}

/// Alternatives, each a sequence.
pub(super) type Alternatives = Vec<Vec<Node>>;

/// A part of a pattern.
#[derive(Debug)]
pub(super) enum Node {
    /// The empty text.
    Empty,
    /// The start of the text.
    Start,
    /// The end of the text, or the position before a line terminator at its end.
    End,
    /// The end of the text.
    AbsoluteEnd,
    /// A character of the set with this index.
    Set(usize),
    Group(Alternatives),
    Repeat(Box<Node>, Repetition),
}

/// How often a node is repeated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Repetition {
    pub(super) least: usize,
    /// The maximum; `None` if there is none.
    pub(super) most: Option<usize>,
}
