//! Matches strings against the patterns of models, in time that is linear in the length of the
//! string.
//!
//! The syntax is that of ECMAScript, as Smithy specifies, plus the Java extensions that models use.
//! Constructs that need backtracking, and classes whose members depend on the engine, are matched
//! leniently, so that a string is rejected only if it certainly does not match.

mod class;
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
