//! awsQuery: a field of the form names the operation, and responses are XML.

use http::StatusCode;
use http::header::CONTENT_TYPE;
use longshore_runtime::private::server::aws_query;
use longshore_runtime::wire::DecodeProblem;
use longshore_runtime::{Operation, OperationError, Protocol, Structure};

use super::encoded::Encoded;
use crate::server::called_service::{CalledService, Certainty};
use crate::server::invalid_request::InvalidRequest;
use crate::server::request_head::{Address, RequestHead};

/// The fields `Action` and `Version`, and the service.
pub(in crate::server) struct Pattern {
    operation: &'static str,
    version: &'static str,
    service: CalledService,
}

impl Pattern {
    pub(super) fn of<O: Operation>() -> Self {
        let service = CalledService::new(O::SERVICE);
        Self { operation: O::NAME, version: O::SERVICE.api_version, service }
    }

    pub(super) fn matches(&self, head: &RequestHead) -> Option<Certainty> {
        let is_action = matches!(&head.address, Address::Action { operation, version }
            if operation == self.operation && version == self.version);
        is_action.then(|| self.service.matches(head)).flatten()
    }

    pub(super) fn check(&self, head: &RequestHead) -> Result<(), InvalidRequest> {
        head.check_target()
    }
}

/// Reads the operation and the version from a form.
pub(super) fn action_of(headers: &http::HeaderMap, body: &[u8]) -> Option<Address> {
    let content_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let form = Protocol::AWS_QUERY.content_type();
    let is_form = content_type.split(';').next().is_some_and(|media_type| media_type == form);
    let action = is_form.then(|| aws_query::Action::of(body)).flatten()?;
    Some(Address::Action { operation: action.name, version: action.version })
}

pub(super) fn decode<T: Structure>(body: &[u8]) -> Result<T, DecodeProblem> {
    aws_query::decode_request(body)
}

pub(super) fn output<O: Operation>(output: &O::Output, wrapper: &str) -> Encoded {
    aws_query::encode_output::<O>(output, wrapper)
}

pub(super) fn error<E: OperationError>(error: &E, status: StatusCode) -> Encoded {
    aws_query::encode_error(error, status)
}
