//! The error of a response that could not be decoded.

use std::fmt;

use crate::Structure;
use crate::client::error::print;
use crate::client::response::service_response::ServiceResponse;
use crate::http::headers::header_text;
use crate::protocol::decode_problem::DecodeProblem;
use crate::protocol::json;
use crate::protocol::json::foreign_body::ForeignBody;

/// A successful response that could not be decoded.
///
/// The response may contain secrets, so the error contains none of its values, only the position at
/// which decoding stopped, what was expected, and what kind of value was found. For a union, the
/// error includes the names of the members that were received.
///
/// If the body does not have the format of the protocol, the error contains its content type, its
/// length and its first bytes, unless the output of the operation has secret members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    problem: DecodeProblem,
}

impl DecodeError {
    /// Creates the error for a response that could not be decoded because of `problem`.
    /// `has_secrets` is true if the output of the operation can contain secrets.
    pub(crate) fn new(
        response: ServiceResponse,
        mut problem: DecodeProblem,
        has_secrets: bool,
    ) -> Self {
        let request_id = response.request_id().map(str::to_owned);
        let ServiceResponse { status, headers, body, .. } = response;
        if problem.is_syntax_error {
            let show_start = !has_secrets && !problem.has_begun;
            let content_type = header_text(&headers, "content-type");
            let body = ForeignBody { content_type, body: &body, show_start };
            problem.problem += &format!(" ({body})");
        }
        Self { status: status.as_u16(), request_id, problem }
    }

    /// The line where decoding stopped, counted from 1; 0 if it is not known.
    #[must_use]
    pub fn line(&self) -> usize {
        self.problem.line
    }

    /// The member where decoding stopped, such as `imageDetails[17].imagePushedAt`; `None` if it
    /// was the response as a whole. A map key that is not an identifier is shown as `[key]`.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.problem.path.as_deref()
    }

    /// The column where decoding stopped.
    #[must_use]
    pub fn column(&self) -> usize {
        self.problem.column
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the response cannot be decoded: {}", self.problem)?;
        print::response(f, self.status, self.request_id.as_deref())
    }
}

impl std::error::Error for DecodeError {}

/// Decodes the body of a request, for servers in tests.
///
/// # Errors
/// Returns an error that states where decoding stopped, and why.
pub fn decode_request<T: Structure>(body: &[u8]) -> Result<T, String> {
    json::read(body).map_err(|problem| problem.to_string())
}
