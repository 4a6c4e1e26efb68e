//! What may be said of an answer that could not be read.

use std::fmt;

use crate::Structure;
use crate::client::answer::Answer;
use crate::client::error::cause::answered;
use crate::protocol::json;
use crate::protocol::json::path;
use crate::shape::open_union;
use crate::shape::structure;

/// An answer of success that could not be read.
///
/// Such an answer may hold secrets, so no value of it is here: only where in it reading ended, and
/// the kind of the problem, which for a union is also the names of the members that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    line: usize,
    column: usize,
    path: Option<String>,
    problem: String,
}

impl DecodeError {
    pub(crate) fn new(answer: &Answer, error: &serde_json::Error) -> Self {
        let (status, request_id) = (answer.status.as_u16(), answer.request_id.clone());
        let Unread { line, column, path, problem } = Unread::find(&answer.body, error);
        Self { status, request_id, line, column, path, problem }
    }

    /// The line where reading ended, from 1; 0 where that is not known.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The member at which reading ended, `imageDetails[17].imagePushedAt`; `None` where it was the
    /// answer as a whole. A key that is no identifier, as keys of maps may be, is `[key]`.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// The column where reading ended.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

/// Where reading a body ended, and why.
struct Unread {
    line: usize,
    column: usize,
    path: Option<String>,
    problem: String,
}

impl Unread {
    fn find(body: &[u8], error: &serde_json::Error) -> Self {
        use serde_json::error::Category;
        let (line, column) = (error.line(), error.column());
        let end = path::offset(body, line, column);
        let text = error.to_string();
        let (problem, end) = match error.classify() {
            Category::Io | Category::Eof => ("it ends too early", end),
            // The last byte is the one that is not JSON.
            Category::Syntax => ("it is not JSON", end.saturating_sub(1)),
            Category::Data => {
                (open_union::problem(&text).unwrap_or("a value is not what the model says"), end)
            }
        };
        let problem = problem.to_owned();
        let path = path::path(body, end);
        // What is in a secret map has names that are secrets as well.
        let path = match structure::secret_member(&text) {
            Some(secret) => path.and_then(|path| path::up_to(&path, secret)),
            None => path,
        };
        Self { line, column, path, problem }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, problem, .. } = self;
        write!(f, "{problem}, ")?;
        if let Some(path) = &self.path {
            write!(f, "in {path} ")?;
        }
        write!(f, "at line {line} column {column}")
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, problem, .. } = self;
        write!(f, "the answer cannot be read: {problem}, ")?;
        if let Some(path) = &self.path {
            write!(f, "in {path} ")?;
        }
        write!(f, "at line {line} column {column}")?;
        answered(f, self.status, self.request_id.as_deref())
    }
}

impl std::error::Error for DecodeError {}

/// Decodes the body of a request, for servers in tests.
///
/// # Errors
/// Where reading ended, and why. Unlike that of a response, the message names a missing member: the
/// request is the test's own.
pub fn decode_request<T: Structure>(body: &[u8]) -> Result<T, String> {
    json::decode(body).map_err(|error| {
        let unread = Unread::find(body, &error);
        let problem = missing(&error).map(|name| format!("the member {name} is missing"));
        Unread { problem: problem.unwrap_or(unread.problem), ..unread }.to_string()
    })
}

/// The member that is said to be missing, whose name is the model's.
fn missing(error: &serde_json::Error) -> Option<String> {
    let text = error.to_string();
    let (name, _) = text.strip_prefix("missing field `")?.split_once('`')?;
    Some(name.to_owned())
}
