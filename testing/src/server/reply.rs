//! Answers as they go over the wire: outputs, exceptions, refusals, downloads.

use http::header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use longshore_runtime::{OperationError, Service, Structure};
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use super::body::Pieces;
use super::content::{Content, Wanted, wanted};
use super::{codec, fault};

/// The error code of a call that nobody prepared.
pub(super) const UNEXPECTED: &str = "UnexpectedCall";

/// The error code of a body that cannot be read.
pub(super) const UNREADABLE: &str = "SerializationException";

/// The header that says whose exception it is.
const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
const QUERY_ERROR: HeaderName = HeaderName::from_static("x-amzn-query-error");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const RETRY_AFTER: HeaderName = HeaderName::from_static("x-amz-retry-after");

/// An answer.
#[derive(Clone)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    headers: HeaderMap,
    content: Content,
}

impl Reply {
    fn new(status: StatusCode, content: impl Into<Content>) -> Self {
        Self { status, headers: HeaderMap::new(), content: content.into() }
    }

    fn json(status: StatusCode, body: Vec<u8>, service: &Service) -> Self {
        let content_type = HeaderValue::from_static(service.protocol.content_type());
        Self::new(status, body).with(CONTENT_TYPE, Some(content_type))
    }

    fn with(mut self, name: HeaderName, value: Option<HeaderValue>) -> Self {
        self.headers.extend(value.map(|value| (name, value)));
        self
    }

    /// An answer of success.
    pub(super) fn output(
        output: &impl Structure,
        service: &Service,
    ) -> Result<Self, serde_json::Error> {
        Ok(Self::json(StatusCode::OK, codec::encode(output)?, service))
    }

    /// An exception, or an error that is in no model, as the service would send it.
    pub(super) fn error<E: OperationError>(
        error: &E,
        service: &Service,
    ) -> Result<Self, serde_json::Error> {
        let body = serde_json::to_vec(&Failure(error))?;
        let query = service.query_compatible.then(|| query_code(error)).flatten();
        Ok(Self::json(status(error.status()), body, service)
            .with(ERROR_TYPE, error.code().and_then(|code| code.parse().ok()))
            .with(QUERY_ERROR, query))
    }

    /// An error of the service as a whole.
    pub(super) fn refusal(status: StatusCode, code: &str, message: &str) -> Self {
        let body = serde_json::json!({ "__type": code, "message": message });
        Self::new(status, body.to_string()).with(ERROR_TYPE, code.parse().ok())
    }

    /// The answer to a call that nobody prepared.
    pub(super) fn unexpected(why: &str) -> Self {
        Self::refusal(StatusCode::BAD_REQUEST, UNEXPECTED, why)
    }

    /// What a fault answers.
    pub(super) fn fault(answer: fault::Answer) -> Self {
        let status = status(answer.status);
        let asked = answer.retry_after.map(|delay| delay.as_millis().to_string());
        let reply = match &answer.said {
            Some((code, message)) => Self::refusal(status, code, message),
            None => Self::new(status, ""),
        };
        reply.with(RETRY_AFTER, asked.and_then(|asked| asked.parse().ok()))
    }

    /// A success that nobody can read.
    pub(super) fn garbage() -> Self {
        Self::new(StatusCode::OK, "<html>this is no JSON")
    }

    /// A download, or the part of it that a `Range` header asks for.
    pub(super) fn download(content: Content, range: Option<&str>) -> Self {
        let length = content.len();
        let bytes = Some(HeaderValue::from_static("bytes"));
        match wanted(range, length) {
            Wanted::All => Self::new(StatusCode::OK, content),
            Wanted::Part(part) => {
                let sent = format!("bytes {}-{}/{length}", part.start, part.end - 1);
                Self::new(StatusCode::PARTIAL_CONTENT, content.part(part))
                    .with(CONTENT_RANGE, sent.parse().ok())
            }
            Wanted::Beyond => Self::new(StatusCode::RANGE_NOT_SATISFIABLE, "")
                .with(CONTENT_RANGE, format!("bytes */{length}").parse().ok()),
        }
        .with(ACCEPT_RANGES, bytes)
    }

    /// Where there is nothing to download.
    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "")
    }

    /// The answer as HTTP has it; `truncated` ends it in the middle.
    pub(super) fn into_response(self, truncated: bool) -> Response<Pieces> {
        let length = self.content.len();
        let body = Pieces::new(self.content.into_pieces());
        let body = if truncated { body.truncated() } else { body };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        // Also said of what `HEAD` does not send.
        response.headers_mut().insert(CONTENT_LENGTH, length.into());
        response.headers_mut().extend(request_id().parse().ok().map(|id| (REQUEST_ID, id)));
        response
    }
}

/// A UUID of version 4. It must be unique and nothing more, so its bits need not be unguessable.
fn request_id() -> String {
    let bits = fastrand::u128(..) & !(0xf << 76 | 0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let mut id = format!("{bits:032x}");
    for at in [20, 16, 12, 8] {
        id.insert(at, '-');
    }
    id
}

/// A status that an answer can have.
fn status(status: u16) -> StatusCode {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if status.is_informational() { StatusCode::INTERNAL_SERVER_ERROR } else { status }
}

/// What the query protocol called the error, and whose fault it is.
fn query_code<E: OperationError>(error: &E) -> Option<HeaderValue> {
    let own = error.code()?;
    let alias = E::ALIASES.iter().find(|(_, known)| *known == own);
    let code = alias.map_or(own, |(alias, _)| alias);
    let fault = if error.status() < 500 { "Sender" } else { "Receiver" };
    format!("{code};{fault}").parse().ok()
}

/// The body of an error: its code, then its members.
struct Failure<'a, E>(&'a E);

impl<E: OperationError> Serialize for Failure<'_, E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(code) = self.0.code() {
            map.serialize_entry("__type", code)?;
        }
        self.0.write(&mut map)?;
        map.end()
    }
}
