//! HTTP responses: those of operations, other errors, downloads.

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use longshore_runtime::private::uuid;

use super::body::Chunks;
use super::content::Content;
use super::download::download;
use super::fault;
use super::protocol::{self, final_status};
use super::request_head::ProtocolKind;

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

    /// Adds a header if there is a value.
    fn with(mut self, name: HeaderName, value: Option<HeaderValue>) -> Self {
        self.headers.extend(value.map(|value| (name, value)));
        self
    }

    /// An error that is independent of any operation. If the protocol cannot represent the code or
    /// the message, the response has neither.
    pub(super) fn error(kind: ProtocolKind, status: u16, code: &str, message: &str) -> Self {
        let encoded = protocol::plain_error(kind, status, code, message);
        encoded.map_or_else(|_| Self::new(final_status(status), ""), Self::from)
    }

    /// The response of a fault.
    pub(super) fn fault(kind: ProtocolKind, fault: fault::ErrorResponse) -> Self {
        let retry_after = fault.retry_after.map(|delay| delay.as_millis().to_string());
        let response = match &fault.error {
            Some((code, message)) => Self::error(kind, fault.status, code, message),
            None => Self::new(final_status(fault.status), ""),
        };
        response.with(RETRY_AFTER, retry_after.and_then(|delay| delay.parse().ok()))
    }

    /// A response with status 200 that is invalid in every protocol.
    pub(super) fn garbage() -> Self {
        Self::new(StatusCode::OK, "<html>not JSON")
    }

    /// A download, or the range of it that a `Range` header requests.
    pub(super) fn download(content: Content, range: Option<&str>) -> Self {
        download(content, range).into()
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
        // Set explicitly, because a response to HEAD has the length but no body. With status 204, the
        // length is not allowed.
        if response.status() != StatusCode::NO_CONTENT {
            response.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
        response.headers_mut().extend(request_id().map(|id| (REQUEST_ID, id)));
        response
    }
}

impl From<http::Response<Bytes>> for Response {
    fn from(response: http::Response<Bytes>) -> Self {
        response.map(Content::from).into()
    }
}

impl From<http::Response<Content>> for Response {
    fn from(response: http::Response<Content>) -> Self {
        let (parts, content) = response.into_parts();
        Self { status: parts.status, headers: parts.headers, content }
    }
}

/// A random UUID; `None` if the operating system provides no random bytes.
fn request_id() -> Option<HeaderValue> {
    uuid().ok()?.parse().ok()
}
