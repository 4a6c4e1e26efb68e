//! Reads response headers.

use http::HeaderMap;

/// Returns the request id that the service assigned to a request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let names = ["x-amzn-requestid", "x-amz-request-id"];
    names.into_iter().find_map(|name| header_text(headers, name))
}

/// Returns the value of a header; `None` if it is absent, blank or not visible ASCII.
pub(crate) fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then_some(value)
}
