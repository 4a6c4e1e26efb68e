//! The error of a response that could not be decoded.

use std::fmt;

use crate::Structure;
use crate::client::error::print;
use crate::protocol::json;
use crate::protocol::json::path;
use crate::shape::open_union;
use crate::shape::structure;

/// A successful response that could not be decoded.
///
/// The response may contain secrets, so the error contains none of its values, only the position at
/// which decoding stopped and the kind of problem. For a union, the problem includes the names of
/// the members that were received.
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
    pub(crate) fn new(
        status: u16,
        request_id: Option<String>,
        body: &[u8],
        error: &serde_json::Error,
    ) -> Self {
        let DecodeProblem { line, column, path, problem } = DecodeProblem::find(body, error);
        Self { status, request_id, line, column, path, problem }
    }

    /// The line where decoding stopped, counted from 1; 0 if it is not known.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The member where decoding stopped, such as `imageDetails[17].imagePushedAt`; `None` if it
    /// was the response as a whole. A map key that is not an identifier is shown as `[key]`.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// The column where decoding stopped.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

/// Where decoding a body stopped, and why.
struct DecodeProblem {
    line: usize,
    column: usize,
    path: Option<String>,
    problem: String,
}

impl DecodeProblem {
    fn find(body: &[u8], error: &serde_json::Error) -> Self {
        use serde_json::error::Category;
        let (line, column) = (error.line(), error.column());
        let end = path::offset(body, line, column);
        let text = error.to_string();
        let (problem, end) = match error.classify() {
            Category::Io | Category::Eof => ("it ends too early", end),
            // The last byte that was read is the invalid one, so it is not part of the path.
            Category::Syntax => ("it is not JSON", end.saturating_sub(1)),
            Category::Data => {
                (open_union::union_error(&text).unwrap_or("a value does not match the model"), end)
            }
        };
        let problem = problem.to_owned();
        let path = path::path(body, end);
        // The keys of a sensitive map are sensitive as well.
        let path = match structure::secret_member(&text) {
            Some(secret) => path.and_then(|path| path::prefix_through(&path, secret)),
            None => path,
        };
        Self { line, column, path, problem }
    }
}

impl fmt::Display for DecodeProblem {
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
        write!(f, "the response cannot be decoded: {problem}, ")?;
        if let Some(path) = &self.path {
            write!(f, "in {path} ")?;
        }
        write!(f, "at line {line} column {column}")?;
        print::response(f, self.status, self.request_id.as_deref())
    }
}

impl std::error::Error for DecodeError {}

/// Decodes the body of a request, for servers in tests.
///
/// # Errors
/// States where decoding stopped, and why. Unlike the error of a response, the message names a
/// missing member, because the test wrote the request.
pub fn decode_request<T: Structure>(body: &[u8]) -> Result<T, String> {
    json::decode(body).map_err(|error| {
        let unread = DecodeProblem::find(body, &error);
        let problem = missing(&error).map(|name| format!("the member {name} is missing"));
        DecodeProblem { problem: problem.unwrap_or(unread.problem), ..unread }.to_string()
    })
}

/// Returns the missing member that the error names. The name is from the model.
fn missing(error: &serde_json::Error) -> Option<String> {
    let text = error.to_string();
    let (name, _) = text.strip_prefix("missing field `")?.split_once('`')?;
    Some(name.to_owned())
}
