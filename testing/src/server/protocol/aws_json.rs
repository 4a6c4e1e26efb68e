//! awsJson: a header names the operation, and bodies are JSON.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use longshore_runtime::{Operation, OperationError, Service, Structure, private};
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use super::encoded::Encoded;
use crate::server::invalid_request::InvalidRequest;
use crate::server::request_head::{Address, RequestHead};

const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
const QUERY_ERROR: HeaderName = HeaderName::from_static("x-amzn-query-error");

/// The value of `X-Amz-Target`, and the content type.
pub(in crate::server) struct Pattern {
    service: &'static str,
    operation: &'static str,
    content_type: &'static str,
}

impl Pattern {
    pub(super) fn of<O: Operation>() -> Self {
        let Service { target_prefix, protocol, .. } = O::SERVICE;
        Self { service: target_prefix, operation: O::NAME, content_type: protocol.content_type() }
    }

    pub(super) fn matches(&self, head: &RequestHead) -> bool {
        matches!(&head.address, Address::Target { service, operation }
            if service == self.service && operation == self.operation)
    }

    pub(super) fn check(&self, head: &RequestHead) -> Result<(), InvalidRequest> {
        head.check_target()?;
        head.check_content_type(self.content_type)
    }
}

/// Reads the service and the operation from the header that names them.
pub(super) fn target_of(headers: &HeaderMap) -> Option<Address> {
    let target = headers.get("x-amz-target")?.to_str().ok()?;
    let (service, operation) = target.rsplit_once('.').unwrap_or(("", target));
    Some(Address::Target { service: service.to_owned(), operation: operation.to_owned() })
}

pub(super) fn decode<T: Structure>(body: &[u8]) -> Result<T, String> {
    private::decode_request(body)
}

pub(super) fn output(output: &impl Structure, service: &Service) -> Encoded {
    Ok(response(StatusCode::OK, private::encode(output)?, Some(service)))
}

pub(super) fn error<E: OperationError>(
    error: &E,
    status: StatusCode,
    service: &Service,
) -> Encoded {
    let mut response = encode_error(error, status, Some(service))?;
    if let Some(code) = query_code(error).filter(|_| service.query_compatible) {
        response.headers_mut().insert(QUERY_ERROR, code);
    }
    Ok(response)
}

/// Encodes an error that is independent of any service.
pub(super) fn plain_error<E: OperationError>(error: &E, status: StatusCode) -> Encoded {
    encode_error(error, status, None)
}

fn encode_error<E: OperationError>(
    error: &E,
    status: StatusCode,
    service: Option<&Service>,
) -> Encoded {
    let mut response = response(status, serde_json::to_vec(&ErrorBody(error))?, service);
    if let Some(code) = error.code().and_then(|code| code.parse().ok()) {
        response.headers_mut().insert(ERROR_TYPE, code);
    }
    Ok(response)
}

fn response(status: StatusCode, body: Vec<u8>, service: Option<&Service>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    if let Some(service) = service {
        let content_type = HeaderValue::from_static(service.protocol.content_type());
        response.headers_mut().insert(CONTENT_TYPE, content_type);
    }
    response
}

/// The value of `x-amzn-query-error`: the error code in the query protocol, and whether the client
/// or the server is at fault.
fn query_code<E: OperationError>(error: &E) -> Option<HeaderValue> {
    let own = error.code()?;
    let alias = E::ALIASES.iter().find(|(_, known)| *known == own);
    let code = alias.map_or(own, |(alias, _)| alias);
    let fault = if error.status() < 500 { "Sender" } else { "Receiver" };
    format!("{code};{fault}").parse().ok()
}

/// The body of an error: its code, then its members.
struct ErrorBody<'a, E>(&'a E);

impl<E: OperationError> Serialize for ErrorBody<'_, E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(code) = self.0.code() {
            map.serialize_entry("__type", code)?;
        }
        self.0.write(&mut map)?;
        map.end()
    }
}
