//! The response of a service, and how its error code is found.
//!
//! `error_class` classifies codes for retries.

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use crate::client::operation_info::OperationInfo;
use crate::client::response::error_response::ErrorResponse;
use crate::http::headers::{header_text, request_id};
use crate::protocol::error_body::{ErrorBody, to_parsable_json};
use crate::protocol::error_class;
use crate::{OperationError, Service, Unmodelled};

/// The response of a service.
pub(crate) struct ServiceResponse {
    pub(crate) status: StatusCode,
    pub(crate) request_id: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The metadata of the error, unless the response is a success.
    pub(crate) error: Option<ErrorResponse>,
}

impl ServiceResponse {
    pub(crate) fn new(response: Response<Bytes>, operation: &'static OperationInfo) -> Self {
        let (parts, body) = response.into_parts();
        let request_id = request_id(&parts.headers);
        let (status, headers) = (parts.status, parts.headers);
        let mut response = Self { status, request_id, headers, body, error: None };
        if !status.is_success() {
            response.error = Some(response.read_error(operation));
        }
        response
    }

    /// Decodes the exception of an error response.
    pub(crate) fn decode_error<E: OperationError>(
        &self,
        mut error: ErrorResponse,
    ) -> (ErrorResponse, E) {
        let modeled = error.codes().find_map(|code| E::decode(code, &self.body));
        let exception = modeled.unwrap_or_else(|| E::unmodelled(self.unmodelled(&error)));
        error.message_in_exception = exception.message().is_some();
        (error, exception)
    }

    fn read_error(&self, operation: &'static OperationInfo) -> ErrorResponse {
        let known = operation.errors;
        let body = ErrorBody::read(&to_parsable_json(&self.body));
        let header = header_text(&self.headers, "x-amzn-errortype");
        let code =
            header.and_then(|header| bare_code(&header)).or_else(|| body_code(&body, known.codes));
        let status = self.status.as_u16();
        let error = ErrorResponse {
            status,
            request_id: self.request_id.clone(),
            class: known.class(code.as_deref(), status),
            code,
            json_code: None,
            message: body.into_message(),
            message_in_exception: false,
        };
        let mut error = match self.query_code(operation.service) {
            Some(query_code) => error.with_query_code(query_code, known),
            None => error,
        };
        if error.codes().any(|code| known.is_secret(code)) {
            error.message = None;
        }
        error
    }

    /// The code of the error in the query protocol: `CODE` in `CODE;FAULT`.
    fn query_code(&self, service: &Service) -> Option<String> {
        if !service.query_compatible {
            return None;
        }
        let header = header_text(&self.headers, "x-amzn-query-error")?;
        let (code, fault) = header.split_once(';')?;
        let code = code.trim();
        (!code.is_empty() && !fault.contains(';')).then(|| code.to_owned())
    }

    fn unmodelled(&self, error: &ErrorResponse) -> Unmodelled {
        Unmodelled {
            status: error.status,
            code: error.code.clone(),
            message: error.message.clone(),
            request_id: error.request_id.clone(),
            body: truncated_text(&self.body),
        }
    }
}

/// The error code in a body: `code`, or else `__type`.
///
/// Lightsail exceptions have a member `code` for details, so one body can have `"__type":
/// "InvalidInputException"` and `"code": "UnsupportedOperation"`. Therefore `__type` takes
/// precedence if it is known and `code` is not. A code is known if the operation lists it or if it
/// is one of the common retryable codes.
fn body_code(body: &ErrorBody, modeled: &[&str]) -> Option<String> {
    let code = body.code.as_deref().and_then(bare_code);
    let kind = body.error_type.as_deref().and_then(bare_code);
    let known = |code: &String| modeled.contains(&code.as_str()) || error_class::is_retryable(code);
    match (code, kind) {
        (Some(code), Some(kind)) if !known(&code) && known(&kind) => Some(kind),
        (code, kind) => code.or(kind),
    }
}

/// `FooError` in `aws.protocol#FooError:http://example.com/`.
fn bare_code(text: &str) -> Option<String> {
    let before_url = text.split(':').next().unwrap_or_default();
    let code = before_url.rsplit('#').next().unwrap_or_default().trim();
    (!code.is_empty()).then(|| code.to_owned())
}

/// The start of a body as text.
fn truncated_text(body: &[u8]) -> String {
    let start = &body[..body.len().min(Unmodelled::MAX_BODY)];
    let mut text = String::from_utf8_lossy(start).into_owned();
    // Replacement characters are longer than the bytes they replace, and the cut may be inside a
    // character.
    text.truncate(text.floor_char_boundary(Unmodelled::MAX_BODY));
    text
}
