//! Matches strings against the patterns of models, in time that is linear in the length of the
//! string.
//!
//! Patterns are those of ECMAScript, as Smithy defines them, with the additions of Java that models
//! contain. What the services decide differently, or what needs backtracking, is matched leniently,
//! so that a string is only rejected if it certainly does not match.

mod class;
pub(crate) mod compiled;
mod parser;
mod program;
mod search;
mod set;
mod set_parser;
mod syntax;
#[cfg(test)]
mod tests;

use self::program::Instruction;
use self::set::Set;

/// A parsed pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    sets: Vec<Set>,
    program: Vec<Instruction>,
}

impl Pattern {
    /// Parses a pattern. Returns `None` if it is malformed or has a feature that is not supported.
    pub(crate) fn parse(pattern: &str) -> Option<Self> {
        let syntax::Syntax { alternatives, sets } = parser::parse(pattern)?;
        Some(Self { program: program::compile(&alternatives)?, sets })
    }

    /// Returns true if the pattern may match somewhere in `text`.
    pub(crate) fn matches(&self, text: &str) -> bool {
        search::search(&self.program, &self.sets, text)
    }
}
