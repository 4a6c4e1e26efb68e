//! The metadata of error responses that all protocols have in common, independent of exceptions.

use crate::protocol::wire::WireResponse;

/// An error response, and what the model specifies about the errors of its operation.
pub(crate) struct ReadError<'a> {
    pub(crate) response: WireResponse<'a>,
    /// True if the service previously used the query protocol.
    pub(crate) query_compatible: bool,
    /// The codes of the exceptions of the operation.
    pub(crate) codes: &'static [&'static str],
}

/// The code, the message and the request ID of an error response; `None` if absent.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct ErrorMetadata {
    /// The code of the exception.
    pub(crate) code: Option<String>,
    /// The code of the error in the query protocol, which the service previously used.
    pub(crate) query_code: Option<String>,
    pub(crate) message: Option<String>,
    /// The request ID, if it is in the body.
    pub(crate) request_id: Option<String>,
}
