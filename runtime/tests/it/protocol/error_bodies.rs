//! Defects in error bodies that must not hide the error.

use crate::support::call_error;
use crate::support::server::CannedResponse;
use crate::support::service::{LimitsException, PutImageError};
use longshore_runtime::{Error, OperationError};

async fn error_with_body(body: impl AsRef<[u8]>) -> Error<PutImageError> {
    call_error(CannedResponse::new(400, &[], body)).await
}

fn limits_exception(error: &Error<PutImageError>) -> &LimitsException {
    match error.service() {
        Some(PutImageError::LimitsException(exception)) => exception,
        other => panic!("not the exception: {other:?}"),
    }
}

#[tokio::test]
async fn an_exception_is_decoded_despite_minor_defects() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let deep = format!(r#"{{"later":{deep},"__type":"LimitsException","limit":3,"message":"m"}}"#);
    let table: [(&[u8], &str); 7] = [
        (b"{\"__type\":\"LimitsException\",\"limit\":3,\"message\":\"caf\xe9\"}", "caf\u{fffd}"),
        (br#"{"message":"\ud800","limit":3,"__type":"LimitsException"}"#, "\u{fffd}"),
        (br#"{"message":"a\udc00\\ud800\"","limit":3,"code":"x","__type":"LimitsException"}"#, ""),
        (br#"{"message":"\ud83d\ude00","limit":3,"__type":"LimitsException"}"#, "\u{1f600}"),
        (br#"{"message":"\ud83d\u0041","limit":3,"__type":"LimitsException"}"#, "\u{fffd}A"),
        (b"\xef\xbb\xbf{\"__type\":\"LimitsException\",\"limit\":3,\"message\":\"m\"}", "m"),
        (deep.as_bytes(), "m"),
    ];
    for (body, message) in table {
        let error = error_with_body(body).await;
        assert_eq!(error.code(), Some("LimitsException"));
        assert_eq!(limits_exception(&error).limit, Some(3), "{}", String::from_utf8_lossy(body));
        let expected = if message.is_empty() { "a\u{fffd}\\ud800\"" } else { message };
        assert_eq!(error.message(), Some(expected));
    }
}

#[tokio::test]
async fn an_exception_with_invalid_members_keeps_its_type() {
    let error =
        error_with_body(r#"{"__type":"LimitsException","limit":"three","message":"m"}"#).await;
    assert_eq!(limits_exception(&error), &LimitsException::default());
    assert_eq!(error.message(), Some("m"));
    assert_eq!(error.to_string(), "PutImage: LimitsException: m (status 400)");

    let body = r#"{"__type":"ImageAlreadyExistsException","message":7,"Message":"there"}"#;
    let error = error_with_body(body).await;
    let Some(PutImageError::ImageAlreadyExistsException(exception)) = error.service() else {
        panic!("{error:?}")
    };
    assert_eq!(exception.message.as_deref(), Some("there"));
}

#[tokio::test]
async fn the_code_in_the_header_determines_the_exception_for_any_body() {
    for body in ["<html>hunter2</html>", "hunter2", "[\"hunter2\"]", "null", "{\"limit\":\"hunter2"]
    {
        let header = [("x-amzn-errortype", "LimitsException")];
        let error = call_error(CannedResponse::new(400, &header, body)).await;
        assert_eq!(limits_exception(&error), &LimitsException::default());
        let shown = format!("{error} {error:?} {:?}", error.service());
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}

#[tokio::test]
async fn members_before_a_truncation_are_kept() {
    let error = error_with_body(r#"{"__type":"LimitsException","message":"m","limit":"#).await;
    assert_eq!((error.code(), error.message()), (Some("LimitsException"), Some("m")));
    limits_exception(&error);
}

#[tokio::test]
async fn values_that_are_not_strings_are_ignored() {
    for value in
        ["7", "-7", "1.5", "true", "null", "[1,[2]]", r#"{"a":{"b":1}}"#, r#""""#, r#"" ""#]
    {
        let body = format!(r#"{{"message":{value},"Message":"m","code":{value},"__type":"Foo"}}"#);
        let error = error_with_body(&body).await;
        assert_eq!((error.code(), error.message()), (Some("Foo"), Some("m")), "{body}");
    }
}

#[tokio::test]
async fn an_empty_message_is_treated_as_absent() {
    let error = error_with_body(r#"{"__type":"ImageAlreadyExistsException","message":""}"#).await;
    assert_eq!(error.message(), None);
    assert_eq!(error.service().and_then(OperationError::message), None);
    assert_eq!(error.to_string(), "PutImage: ImageAlreadyExistsException (status 400)");
}

#[tokio::test]
async fn a_long_message_is_truncated_in_output() {
    let message = "é".repeat(10_000);
    for code in ["ImageAlreadyExistsException", "LimitsException", "FooError"] {
        let error =
            error_with_body(format!(r#"{{"__type":"{code}","message":"{message}"}}"#)).await;
        assert_eq!(error.message(), Some(message.as_str()));
        let line = error.to_string();
        assert!(line.len() < 600 && line.contains("é.."), "{line}");
    }
    let error = error_with_body(format!(r#"{{"__type":"{}"}}"#, "x".repeat(10_000))).await;
    assert!(error.to_string().len() < 1200, "{error}");
}

#[tokio::test]
async fn line_breaks_and_bidi_controls_are_removed_from_messages() {
    let bad = "a\u{2028}b\u{2029}c\u{202e}d\u{2066}e\u{200f}f\u{61c}g\u{85}h";
    for code in ["ImageAlreadyExistsException", "LimitsException", "FooError"] {
        let error = error_with_body(format!(r#"{{"__type":"{code}","message":"{bad}"}}"#)).await;
        let expected = format!("PutImage: {code}: a b c d e f g h (status 400)");
        assert_eq!(error.to_string(), expected);
    }
}
