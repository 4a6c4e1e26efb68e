//! The awsJson 1.0 and 1.1 protocols: `POST /` with the operation in the header `X-Amz-Target`, and
//! JSON bodies. They differ only in their content type.

use std::borrow::Cow;

use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Method};

use crate::protocol::json;
use crate::protocol::json::error_code::read_error;
use crate::protocol::protocol::Protocol;
use crate::protocol::wire::sealed::Sealed;
use crate::protocol::wire::{EncodeError, ReadException, WireRequest, WireResponse};
use crate::{RequestBody, Service, Structure};

const TARGET: HeaderName = HeaderName::from_static("x-amz-target");

/// Requests the error codes of the query protocol.
const QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");

impl Protocol {
    /// awsJson 1.0.
    pub const AWS_JSON_1_0: Self =
        Self::new("awsJson1_0", "application/x-amz-json-1.0", read_error);

    /// awsJson 1.1.
    pub const AWS_JSON_1_1: Self =
        Self::new("awsJson1_1", "application/x-amz-json-1.1", read_error);
}

/// Reads exceptions of awsJson, whose members are all in the body.
#[derive(Debug)]
pub struct AwsJson;

impl Sealed for AwsJson {}

impl ReadException for AwsJson {
    fn read_exception<T: Structure>(response: &WireResponse<'_>) -> T {
        json::exception::read(response.body)
    }
}

/// Encodes a request.
pub(crate) fn encode<T: Structure>(
    request: &T,
    service: &Service,
    operation: &str,
) -> Result<WireRequest, EncodeError> {
    let body = json::encode_body(request).map_err(EncodeError::new)?;
    frame(service, operation, body)
}

/// Builds the request around a body.
fn frame(
    service: &Service,
    operation: &str,
    body: RequestBody,
) -> Result<WireRequest, EncodeError> {
    let mut request = WireRequest::new(Method::POST, Cow::Borrowed("/"));
    request.body = body;
    let target = [service.target_prefix, ".", operation].concat();
    let target = HeaderValue::try_from(target).map_err(EncodeError::new)?;
    let content_type = HeaderValue::from_static(service.protocol.content_type());
    request.headers.insert(CONTENT_TYPE, content_type);
    request.headers.insert(TARGET, target);
    if service.query_compatible {
        request.headers.insert(QUERY_MODE, HeaderValue::from_static("true"));
    }
    Ok(request)
}
