//! Reads the code, the message and the query code of a JSON error response.

use crate::http::headers::header_text;
use crate::protocol::error_class;
use crate::protocol::error_metadata::{ErrorMetadata, ReadError};
use crate::protocol::json::error_body::{ErrorBody, to_parsable_json};

/// Reads the metadata of an error. The code is in the header `X-Amzn-Errortype` or in the body.
pub(crate) fn read_error(error: &ReadError<'_>) -> ErrorMetadata {
    let body = ErrorBody::read(&to_parsable_json(error.response.body));
    let header = header_text(error.response.headers, "x-amzn-errortype");
    let code = header.and_then(bare_code);
    ErrorMetadata {
        code: code.or_else(|| body_code(&body, error.codes)),
        query_code: query_code(error),
        message: body.into_message(),
        request_id: None,
    }
}

/// Returns the code of the error in the query protocol: `CODE` in `CODE;FAULT`.
fn query_code(error: &ReadError<'_>) -> Option<String> {
    if !error.query_compatible {
        return None;
    }
    let header = header_text(error.response.headers, "x-amzn-query-error")?;
    let (code, fault) = header.split_once(';')?;
    let code = code.trim();
    (!code.is_empty() && !fault.contains(';')).then(|| code.to_owned())
}

/// Returns the error code in a body: `code`, or else `__type`.
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

/// Returns the bare error code: `FooError` in `aws.protocol#FooError:http://example.com/`.
fn bare_code(text: &str) -> Option<String> {
    let before_url = text.split(':').next().unwrap_or_default();
    let code = before_url.rsplit('#').next().unwrap_or_default().trim();
    (!code.is_empty()).then(|| code.to_owned())
}
