//! The response of a service, and the metadata of its error.
//!
//! `error_class` classifies codes for retries.

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use crate::client::operation_info::OperationInfo;
use crate::client::response::error_response::ErrorResponse;
use crate::display::char_boundary::floor_char_boundary;
use crate::http::headers::request_id;
use crate::protocol::error_metadata::{ErrorMetadata, ReadError};
use crate::protocol::wire::WireResponse;
use crate::{Operation, OperationError, Unmodeled};

/// The response of a service.
pub(crate) struct ServiceResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The metadata of the error, unless the response is a success.
    pub(crate) error: Option<ErrorResponse>,
}

impl ServiceResponse {
    pub(crate) fn new(response: Response<Bytes>, operation: &'static OperationInfo) -> Self {
        let (parts, body) = response.into_parts();
        let (status, headers) = (parts.status, parts.headers);
        let mut response = Self { status, headers, body, error: None };
        if !status.is_success() {
            response.error = Some(response.read_error(operation));
        }
        response
    }

    /// Decodes the exception of an error response.
    pub(crate) fn decode_error<O: Operation>(
        &self,
        mut error: ErrorResponse,
    ) -> (ErrorResponse, O::Error) {
        let modeled = error.codes().find_map(|code| O::decode_error(code, &self.wire()));
        let exception = modeled.unwrap_or_else(|| O::Error::unmodeled(self.unmodeled(&error)));
        error.message_in_exception = exception.message().is_some();
        (error, exception)
    }

    /// Returns the request ID. For an error, it may be in the body.
    pub(crate) fn request_id(&self) -> Option<&str> {
        let of_error = self.error.as_ref().and_then(|error| error.request_id.as_deref());
        of_error.or_else(|| request_id(&self.headers))
    }

    /// Returns the parts of the response that a protocol reads.
    pub(crate) fn wire(&self) -> WireResponse<'_> {
        WireResponse { status: self.status, headers: &self.headers, body: &self.body }
    }

    fn read_error(&self, operation: &'static OperationInfo) -> ErrorResponse {
        let (service, known) = (operation.service, operation.errors);
        let input = ReadError {
            response: self.wire(),
            query_compatible: service.query_compatible,
            codes: known.codes,
        };
        let ErrorMetadata { code, query_code, message, request_id } =
            service.protocol.read_error(&input);
        let request_id = self.request_id().map(str::to_owned).or(request_id);
        let status = self.status.as_u16();
        let error = ErrorResponse {
            status,
            request_id,
            class: known.class(code.as_deref(), status),
            code,
            json_code: None,
            message,
            message_in_exception: false,
        };
        let mut error = match query_code {
            Some(query_code) => error.with_query_code(query_code, known),
            None => error,
        };
        if error.codes().any(|code| known.is_secret(code)) {
            error.message = None;
        }
        error
    }

    fn unmodeled(&self, error: &ErrorResponse) -> Unmodeled {
        Unmodeled {
            status: error.status,
            code: error.code.clone(),
            message: error.message.clone(),
            request_id: error.request_id.clone(),
            body: truncated_text(&self.body),
        }
    }
}

/// The start of a body as text.
fn truncated_text(body: &[u8]) -> String {
    let start = &body[..body.len().min(Unmodeled::MAX_BODY)];
    let mut text = String::from_utf8_lossy(start).into_owned();
    // Replacement characters are longer than the bytes they replace, and the cut may be inside a
    // character.
    text.truncate(floor_char_boundary(&text, Unmodeled::MAX_BODY));
    text
}
