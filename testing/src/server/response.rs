//! HTTP responses: outputs, exceptions, other errors, downloads.

use http::header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use longshore_runtime::private::uuid;
use longshore_runtime::{OperationError, Service, Structure};
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use super::body::Chunks;
use super::content::{Content, RequestedRange, requested_range};
use super::{codec, fault};

/// The error code of a call that the test did not expect.
pub(super) const UNEXPECTED_CALL: &str = "UnexpectedCall";

/// The error code of a body that cannot be decoded.
pub(super) const UNREADABLE_BODY: &str = "SerializationException";

const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
const QUERY_ERROR: HeaderName = HeaderName::from_static("x-amzn-query-error");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const RETRY_AFTER: HeaderName = HeaderName::from_static("x-amz-retry-after");

/// A response before it is sent.
#[derive(Clone)]
pub(super) struct Response {
    pub(super) status: StatusCode,
    headers: HeaderMap,
    content: Content,
}

impl Response {
    fn new(status: StatusCode, content: impl Into<Content>) -> Self {
        Self { status, headers: HeaderMap::new(), content: content.into() }
    }

    fn json(status: StatusCode, body: Vec<u8>, service: &Service) -> Self {
        let content_type = HeaderValue::from_static(service.protocol.content_type());
        Self::new(status, body).with(CONTENT_TYPE, Some(content_type))
    }

    /// Adds a header if there is a value.
    fn with(mut self, name: HeaderName, value: Option<HeaderValue>) -> Self {
        self.headers.extend(value.map(|value| (name, value)));
        self
    }

    /// The output of an operation.
    pub(super) fn output(
        output: &impl Structure,
        service: &Service,
    ) -> Result<Self, serde_json::Error> {
        Ok(Self::json(StatusCode::OK, codec::encode(output)?, service))
    }

    /// The error of an operation: an exception of its model, or an unmodeled error.
    pub(super) fn error<E: OperationError>(
        error: &E,
        service: &Service,
    ) -> Result<Self, serde_json::Error> {
        let body = serde_json::to_vec(&ErrorBody(error))?;
        let query = service.query_compatible.then(|| query_code(error)).flatten();
        Ok(Self::json(final_status(error.status()), body, service)
            .with(ERROR_TYPE, error.code().and_then(|code| code.parse().ok()))
            .with(QUERY_ERROR, query))
    }

    /// An error that is independent of any operation.
    pub(super) fn client_error(status: StatusCode, code: &str, message: &str) -> Self {
        let body = serde_json::json!({ "__type": code, "message": message });
        Self::new(status, body.to_string()).with(ERROR_TYPE, code.parse().ok())
    }

    /// The response of a fault.
    pub(super) fn fault(fault: fault::ErrorResponse) -> Self {
        let status = final_status(fault.status);
        let retry_after = fault.retry_after.map(|delay| delay.as_millis().to_string());
        let response = match &fault.error {
            Some((code, message)) => Self::client_error(status, code, message),
            None => Self::new(status, ""),
        };
        response.with(RETRY_AFTER, retry_after.and_then(|delay| delay.parse().ok()))
    }

    /// A response with status 200 that is not JSON.
    pub(super) fn garbage() -> Self {
        Self::new(StatusCode::OK, "<html>not JSON")
    }

    /// A download, or the range of it that a `Range` header requests.
    pub(super) fn download(content: Content, range: Option<&str>) -> Self {
        let length = content.len();
        match requested_range(range, length) {
            RequestedRange::Whole => Self::new(StatusCode::OK, content),
            RequestedRange::Part(range) => {
                let sent = format!("bytes {}-{}/{length}", range.start, range.end - 1);
                Self::new(StatusCode::PARTIAL_CONTENT, content.slice(range))
                    .with(CONTENT_RANGE, sent.parse().ok())
            }
            RequestedRange::Unsatisfiable => Self::new(StatusCode::RANGE_NOT_SATISFIABLE, "")
                .with(CONTENT_RANGE, format!("bytes */{length}").parse().ok()),
        }
        .with(ACCEPT_RANGES, Some(HeaderValue::from_static("bytes")))
    }

    /// The response to a download that does not exist.
    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "")
    }

    /// Converts to the response that is sent; `truncated` ends its body in the middle.
    pub(super) fn into_http(self, truncated: bool) -> http::Response<Chunks> {
        let length = self.content.len();
        let body = Chunks::new(self.content.into_chunks());
        let body = if truncated { body.truncated() } else { body };
        let mut response = http::Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        // Set explicitly, because a response to HEAD has the length but no body.
        response.headers_mut().insert(CONTENT_LENGTH, length.into());
        response.headers_mut().extend(request_id().map(|id| (REQUEST_ID, id)));
        response
    }
}

/// A random UUID; `None` if the operating system provides no random bytes.
fn request_id() -> Option<HeaderValue> {
    uuid().ok()?.parse().ok()
}

/// The status as a final one: informational and invalid statuses become 500.
fn final_status(status: u16) -> StatusCode {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if status.is_informational() { StatusCode::INTERNAL_SERVER_ERROR } else { status }
}

/// The value of `x-amzn-query-error`: the code of the error in the query protocol, and whether client
/// or server is at fault.
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
