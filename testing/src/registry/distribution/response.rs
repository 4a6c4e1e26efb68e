//! Builds responses.

use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::json;

use super::error::DistributionError;
use crate::Content;
use crate::registry::store::digest::Digest;

pub(super) type Response = http::Response<Content>;

const DIGEST: HeaderName = HeaderName::from_static("docker-content-digest");

/// A response without content.
pub(super) fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Content::default());
    *response.status_mut() = status;
    response
}

/// A response with JSON.
pub(super) fn json(text: impl Into<String>) -> Response {
    with_content(text.into().into(), "application/json")
}

pub(super) fn with_content(content: Content, media_type: &str) -> Response {
    with_header(Response::new(content), CONTENT_TYPE, media_type)
}

/// Adds a header, unless its value contains characters that headers cannot contain.
pub(super) fn with_header(mut response: Response, name: HeaderName, value: &str) -> Response {
    let value = HeaderValue::from_str(value).ok();
    response.headers_mut().extend(value.map(|value| (name, value)));
    response
}

pub(super) fn with_digest(response: Response, digest: &Digest) -> Response {
    with_header(response, DIGEST, digest.as_str())
}

/// The response to a request that stored something at `location`.
pub(super) fn created(location: &str, digest: &Digest) -> Response {
    with_digest(with_header(empty(StatusCode::CREATED), LOCATION, location), digest)
}

pub(super) fn error(error: DistributionError) -> Response {
    let errors = json!([{ "code": error.code, "message": error.message }]);
    let mut response = json(json!({ "errors": errors }).to_string());
    *response.status_mut() = error.status;
    let headers = error.headers.into_iter();
    headers.fold(response, |response, (name, value)| with_header(response, name, &value))
}
