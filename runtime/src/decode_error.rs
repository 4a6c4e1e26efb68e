//! What may be said of an answer that could not be read.

use std::fmt;

use crate::cause::answered;

/// An answer of success that could not be read.
///
/// Such an answer may hold secrets, so neither it nor a part of it is here: only where in it
/// reading ended, and the kind of the problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    line: usize,
    column: usize,
    problem: &'static str,
}

impl DecodeError {
    pub(crate) fn new(status: u16, request_id: Option<String>, error: &serde_json::Error) -> Self {
        use serde_json::error::Category;
        let problem = match error.classify() {
            Category::Io | Category::Eof => "it ends too early",
            Category::Syntax => "it is not JSON",
            Category::Data => "a value is not what the model says",
        };
        Self { status, request_id, line: error.line(), column: error.column(), problem }
    }

    /// The line where reading ended, from 1; 0 where that is not known.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column where reading ended.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, problem, .. } = self;
        write!(f, "the answer cannot be read: {problem}, at line {line} column {column}")?;
        answered(f, self.status, self.request_id.as_deref())
    }
}

impl std::error::Error for DecodeError {}
