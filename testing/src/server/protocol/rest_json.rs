//! restJson1: the method and the path determine the operation, and members have places in the
//! message.

use http::StatusCode;
use http::header::CONTENT_TYPE;
use longshore_runtime::private::server::{ReceivedRequest, rest_json};
use longshore_runtime::wire::DecodeProblem;
use longshore_runtime::{Operation, OperationError, Place, Structure};

use super::encoded::Encoded;
use crate::server::called_service::{CalledService, Certainty};
use crate::server::invalid_request::InvalidRequest;
use crate::server::request_head::RequestHead;

pub(in crate::server) use longshore_runtime::private::server::rest_json::Specificity;

/// The method, the path with its labels, the literal query, and the service.
pub(in crate::server) struct Pattern {
    method: &'static str,
    uri: rest_json::UriPattern,
    service: CalledService,
    /// The content type; `None` if a member sets it or there is no document.
    content_type: Option<&'static str>,
}

impl Pattern {
    pub(super) fn of<O: Operation>(
        method: &'static str,
        uri: &'static str,
        has_body: bool,
    ) -> Self {
        let is_member = O::BINDINGS.iter().any(|binding| match binding.place {
            Place::Header(name) => name.eq_ignore_ascii_case(CONTENT_TYPE.as_str()),
            _ => false,
        });
        let content_type = O::SERVICE.protocol.content_type();
        Self {
            method,
            uri: rest_json::UriPattern::new(uri),
            service: CalledService::new(O::SERVICE),
            content_type: (has_body && !is_member).then_some(content_type),
        }
    }

    pub(super) fn matches(&self, head: &RequestHead) -> Option<(Certainty, Specificity)> {
        if head.method.as_str() != self.method {
            return None;
        }
        Some((self.service.matches(head)?, self.uri.matches(&head.path)?))
    }

    pub(super) fn check(&self, head: &RequestHead) -> Result<(), InvalidRequest> {
        self.content_type.map_or(Ok(()), |expected| head.check_content_type(expected))
    }
}

pub(super) fn decode<T: Structure>(
    request: &ReceivedRequest<'_>,
    uri: &'static str,
    has_body: bool,
) -> Result<T, DecodeProblem> {
    rest_json::decode_request(request, &rest_json::UriPattern::new(uri), has_body)
}

pub(super) fn output(output: &impl Structure, has_body: bool) -> Encoded {
    rest_json::encode_output(output, has_body)
}

pub(super) fn error<E: OperationError>(error: &E, status: StatusCode) -> Encoded {
    rest_json::encode_error(error, status)
}
