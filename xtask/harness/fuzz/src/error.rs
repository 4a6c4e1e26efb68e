//! Any error response becomes a service error with everything that could be read from it.

use arbitrary::{Result, Unstructured};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use longshore::{Error, ErrorKind, OperationError, Unmodeled, ecr, lightsail};

use crate::answer::{Answer, check_printed};
use crate::mutate;

const BODIES: [&str; 6] = [
    r#"{"__type":"ImageAlreadyExistsException","message":"there is one","Message":null}"#,
    r#"{"__type":"InvalidInputException","code":"UnsupportedOperation","docs":"d","message":"m","tip":"t"}"#,
    r#"{"code":"com.amazon.coral#ThrottlingException:http://example.com","errorMessage":"slowly"}"#,
    r#"{"__type":"ServerException","message":"\ud83e\udd80 \ud83e half"}"#,
    "<html><head><title>502 Bad Gateway</title></head></html>",
    "",
];

/// The headers that describe an error.
const HEADERS: [&str; 5] =
    ["x-amzn-errortype", "x-amzn-requestid", "x-amz-request-id", "x-amz-retry-after", "date"];

/// Reads an error response of one of two operations.
///
/// # Errors
///
/// If the fuzzer has no more bytes.
///
/// # Panics
///
/// If a check fails.
pub fn error(u: &mut Unstructured<'_>) -> Result<()> {
    let answer = answer(u)?;
    if u.arbitrary()? {
        let request = ecr::operation::PutImageRequest::new("team/app", "{}");
        check(&answer, answer.to(&request).err());
    } else {
        let request = lightsail::operation::GetInstanceRequest::new("web");
        check(&answer, answer.to(&request).err());
    }
    Ok(())
}

fn answer(u: &mut Unstructured<'_>) -> Result<Answer> {
    let status = match u.int_in_range(0..=3)? {
        0 => u.int_in_range(300..=999)?,
        _ => *u.choose(&[400, 403, 413, 500, 503])?,
    };
    let mut headers = HeaderMap::new();
    for name in HEADERS {
        if u.ratio(1, 4)? {
            let text = mutate::string(u)?;
            if let Ok(value) = HeaderValue::from_bytes(text.as_bytes()) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    Ok(Answer { status, headers, body: mutate::text(u, &BODIES)?.into() })
}

fn check<E: OperationError + 'static>(answer: &Answer, error: Option<Error<E>>) {
    let error = error.expect("no success");
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.status(), Some(answer.status.as_u16()));
    assert!(error.service().is_some());
    assert!(!error.is_timeout());
    if let Some(code) = error.code() {
        assert!(!code.is_empty() && !code.contains(['#', ':']), "{code:?}");
    }
    let retryable = error.is_retryable();
    assert!(retryable || !error.is_throttling());
    check_printed(&error);
    let printed = format!("{:?}", error.service());
    assert!(printed.len() <= 8 * (answer.body.len() + Unmodeled::MAX_BODY + 1024), "{printed}");
}
