//! Why a response could not be decoded, and where.

use std::fmt;

use crate::format::mismatch;
use crate::shape::open_union;

/// The description of an error whose text may contain values.
pub(crate) const MISMATCH: &str = "a value does not match the model";

/// Describes the error of a deserializer, without the values that its text may contain.
pub(crate) fn describe(text: &str) -> String {
    if let Some(name) = missing_member(text) {
        return format!("the member {name} is missing");
    }
    let union = open_union::union_error(text).map(str::to_owned);
    union.or_else(|| mismatch::describe(text)).unwrap_or_else(|| MISMATCH.to_owned())
}

/// Returns the missing member that the error names. The name is from the model.
fn missing_member(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix("missing field `")?.split_once('`')?;
    Some(name)
}

/// The problem of a request without a required member.
#[cfg(feature = "server")]
pub(crate) fn missing(member: &str) -> DecodeProblem {
    DecodeProblem::in_body(format!("the member {member} is missing"))
}

/// Where decoding a response stopped, and why. It contains names and kinds but no values, because
/// they may be secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeProblem {
    /// The line of the body, counted from 1; 0 if the problem is not in the body.
    pub(crate) line: usize,
    pub(crate) column: usize,
    /// `None` if the problem is not in a member.
    pub(crate) path: Option<String>,
    pub(crate) problem: String,
    /// True if the body does not have the format of the protocol.
    pub(crate) is_syntax_error: bool,
    /// True if a part of a value may have been read before the problem.
    pub(crate) has_begun: bool,
}

impl DecodeProblem {
    /// Creates the problem of a member that is not part of a document. `place` is its location,
    /// such as `the header X-Count`.
    pub(crate) fn in_member(member: &str, place: &str, problem: String) -> Self {
        Self::elsewhere(Some(format!("{member} ({place})")), problem)
    }

    /// Creates the problem of a body as a whole.
    #[cfg(feature = "server")]
    pub(crate) fn in_body(problem: String) -> Self {
        Self::elsewhere(None, problem)
    }

    /// Creates a problem without a position.
    fn elsewhere(path: Option<String>, problem: String) -> Self {
        Self { line: 0, column: 0, path, problem, is_syntax_error: false, has_begun: false }
    }
}

/// Prints the problem, the path and the position.
impl fmt::Display for DecodeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, problem, .. } = self;
        f.write_str(problem)?;
        match &self.path {
            Some(path) => write!(f, ", in {path}")?,
            None => f.write_str(if *line > 0 { "," } else { "" })?,
        }
        if *line > 0 { write!(f, " at line {line} column {column}") } else { Ok(()) }
    }
}

impl std::error::Error for DecodeProblem {}
