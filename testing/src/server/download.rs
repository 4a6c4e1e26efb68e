//! The response to a download, or to one of its ranges.

use http::header::{ACCEPT_RANGES, CONTENT_RANGE};
use http::{HeaderValue, Response, StatusCode};

use super::content::{Content, RequestedRange, requested_range};

/// A download, or the range of it that a `Range` header requests.
pub(crate) fn download(content: Content, range: Option<&str>) -> Response<Content> {
    let length = content.len();
    let (status, content, sent) = match requested_range(range, length) {
        RequestedRange::Whole => (StatusCode::OK, content, None),
        RequestedRange::Part(range) => {
            let sent = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            (StatusCode::PARTIAL_CONTENT, content.slice(range), Some(sent))
        }
        RequestedRange::Unsatisfiable => {
            let sent = format!("bytes */{length}");
            (StatusCode::RANGE_NOT_SATISFIABLE, Content::default(), Some(sent))
        }
    };
    let mut response = Response::new(content);
    *response.status_mut() = status;
    let sent: Option<HeaderValue> = sent.and_then(|range| range.parse().ok());
    response.headers_mut().extend(sent.map(|range| (CONTENT_RANGE, range)));
    response.headers_mut().insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    response
}
