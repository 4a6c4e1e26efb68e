//! Everything that depends on the protocol: recognizing and decoding requests, and encoding
//! responses.
//!
//! Each protocol has its own file, which must not import another protocol.

mod aws_json;
mod aws_query;
mod encoded;
mod plain_error;
mod rest_json;

use std::fmt;

use http::{HeaderMap, StatusCode};
use longshore_runtime::private::server::ReceivedRequest;
use longshore_runtime::wire::Framing;
use longshore_runtime::{Operation, OperationError};

use self::encoded::Encoded;
use self::plain_error::PlainError;
use super::called_service::Certainty;
use super::invalid_request::InvalidRequest;
use super::request_head::{Address, ProtocolKind, RequestHead};

pub(super) use self::encoded::Unencodable;

/// A request that cannot be decoded. The message contains none of its values.
pub(super) struct UnreadableRequest(String);

impl UnreadableRequest {
    pub(super) fn new(problem: impl fmt::Display) -> Self {
        Self(problem.to_string())
    }
}

impl fmt::Display for UnreadableRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How the calls of an operation are recognized.
pub(super) enum Pattern {
    AwsJson(aws_json::Pattern),
    RestJson(rest_json::Pattern),
    AwsQuery(aws_query::Pattern),
}

/// How specifically an operation matches a request. If several operations match, the greatest rank
/// wins.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Uri(Certainty, rest_json::Specificity),
    Action(Certainty),
    Target,
}

impl Pattern {
    /// # Panics
    /// Panics if the server does not support the protocol.
    pub(super) fn of<O: Operation>() -> Self {
        match O::FRAMING {
            Framing::AwsJson => Self::AwsJson(aws_json::Pattern::of::<O>()),
            Framing::RestJson { method, uri, has_request_body, .. } => {
                Self::RestJson(rest_json::Pattern::of::<O>(method, uri, has_request_body))
            }
            Framing::AwsQuery { .. } => Self::AwsQuery(aws_query::Pattern::of::<O>()),
            _ => panic!(
                "the test server does not support {}, the protocol of {}",
                O::SERVICE.protocol.name(),
                O::NAME
            ),
        }
    }

    pub(super) fn kind(&self) -> ProtocolKind {
        match self {
            Self::AwsJson(_) => ProtocolKind::AwsJson,
            Self::RestJson(_) => ProtocolKind::RestJson,
            Self::AwsQuery(_) => ProtocolKind::AwsQuery,
        }
    }

    /// Returns the rank of the match, or `None` if the request does not match.
    pub(super) fn matches(&self, head: &RequestHead) -> Option<Rank> {
        match self {
            Self::AwsJson(pattern) => pattern.matches(head).then_some(Rank::Target),
            Self::RestJson(pattern) => {
                pattern.matches(head).map(|(certainty, uri)| Rank::Uri(certainty, uri))
            }
            Self::AwsQuery(pattern) => pattern.matches(head).map(Rank::Action),
        }
    }

    /// Checks the method, path and content type that the protocol requires.
    pub(super) fn check(&self, head: &RequestHead) -> Result<(), InvalidRequest> {
        match self {
            Self::AwsJson(pattern) => pattern.check(head),
            Self::RestJson(pattern) => pattern.check(head),
            Self::AwsQuery(pattern) => pattern.check(head),
        }
    }
}

/// Determines how the request names its operation.
pub(super) fn address(headers: &HeaderMap, body: &[u8]) -> Address {
    let named = aws_json::target_of(headers).or_else(|| aws_query::action_of(headers, body));
    named.unwrap_or(Address::Path)
}

/// Decodes a request of an operation.
pub(super) fn decode<O: Operation>(request: &ReceivedRequest<'_>) -> Result<O, UnreadableRequest> {
    match O::FRAMING {
        Framing::AwsJson => aws_json::decode(request.body).map_err(UnreadableRequest::new),
        Framing::RestJson { uri, has_request_body, .. } => {
            rest_json::decode(request, uri, has_request_body).map_err(UnreadableRequest::new)
        }
        Framing::AwsQuery { .. } => aws_query::decode(request.body).map_err(UnreadableRequest::new),
        _ => Err(UnreadableRequest::new("the protocol is not supported")),
    }
}

/// Encodes an output.
pub(super) fn output<O: Operation>(output: &O::Output) -> Encoded {
    match O::FRAMING {
        Framing::AwsJson => aws_json::output(output, O::SERVICE),
        Framing::RestJson { has_response_body, .. } => rest_json::output(output, has_response_body),
        Framing::AwsQuery { wrapper } => aws_query::output::<O>(output, wrapper),
        _ => Err("the protocol is not supported".into()),
    }
}

/// Encodes an error of an operation: an exception of its model, or an unmodeled error.
pub(super) fn error<O: Operation>(error: &O::Error) -> Encoded {
    let status = final_status(error.status());
    match O::FRAMING {
        Framing::AwsJson => aws_json::error(error, status, O::SERVICE),
        Framing::RestJson { .. } => rest_json::error(error, status),
        Framing::AwsQuery { .. } => aws_query::error(error, status),
        _ => Err("the protocol is not supported".into()),
    }
}

/// Encodes an error that is independent of any operation.
pub(super) fn plain_error(kind: ProtocolKind, status: u16, code: &str, message: &str) -> Encoded {
    let (error, status) = (PlainError::new(status, code, message), final_status(status));
    match kind {
        ProtocolKind::AwsJson => aws_json::plain_error(&error, status),
        ProtocolKind::RestJson => rest_json::error(&error, status),
        ProtocolKind::AwsQuery => aws_query::error(&error, status),
    }
}

/// Returns the status, or 500 if it is informational or invalid.
pub(super) fn final_status(status: u16) -> StatusCode {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if status.is_informational() { StatusCode::INTERNAL_SERVER_ERROR } else { status }
}
