//! Responses with an error status, and successes that cannot be decoded.

use crate::support::call_error;
use crate::support::server::CannedResponse;
use crate::support::service::PutImageError;
use longshore_runtime::{DecodeError, Error, ErrorKind, Exception, Unmodeled};

type PutImageFailure = Error<PutImageError>;

fn unmodeled(error: &PutImageFailure) -> &Unmodeled {
    match error.service() {
        Some(PutImageError::Unmodeled(error)) => error,
        other => panic!("not an unmodeled error: {other:?}"),
    }
}

#[tokio::test]
async fn a_modeled_exception_is_returned_as_its_type() {
    let body = r#"{"__type":"ImageAlreadyExistsException","Message":null,"message":"it is there"}"#;
    let error = call_error(CannedResponse::new(400, &[("x-amzn-requestid", "id-1")], body)).await;
    let Some(PutImageError::ImageAlreadyExistsException(exception)) = error.service() else {
        panic!("{error:?}")
    };
    assert_eq!(exception.message(), Some("it is there"));
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.operation(), "PutImage");
    assert_eq!(error.code(), Some("ImageAlreadyExistsException"));
    assert_eq!(error.message(), Some("it is there"));
    assert_eq!(error.status(), Some(400));
    assert_eq!(error.request_id(), Some("id-1"));
    assert_eq!(error.attempts(), 1);
    assert_eq!(
        error.to_string(),
        "PutImage: ImageAlreadyExistsException: it is there (status 400, request id id-1)"
    );
    let cause = error.cause().expect("an exception");
    assert!(cause.is::<crate::support::service::ImageAlreadyExistsException>());
}

#[tokio::test]
async fn debug_output_contains_the_message_once() {
    // The exception prints the message, or hides it if it is sensitive, so nothing else may print it.
    let body = r#"{"__type":"ImageAlreadyExistsException","message":"it is there"}"#;
    let error = call_error(CannedResponse::new(400, &[], body)).await;
    let shown = format!("{error:?}");
    assert_eq!(shown.matches("it is there").count(), 1, "{shown}");
}

#[tokio::test]
async fn the_error_code_is_found_in_header_and_body() {
    const HEADER: &str = "x-amzn-errortype";
    let url = "http://internal.example.com/validate/";
    let table: [(Option<&str>, &str, Option<&str>); 23] = [
        (Some("FooError"), "", Some("FooError")),
        (Some("FooError:http://x.example/"), "", Some("FooError")),
        (Some("aws.protocol#FooError:http://x.example/"), "", Some("FooError")),
        (Some("aws.protocol#FooError"), "{}", Some("FooError")),
        (Some("FooError"), r#"{"code":"BarError","__type":"BazError"}"#, Some("FooError")),
        (Some("FooError"), r#"{"__type":"LimitsException"}"#, Some("FooError")),
        (Some("  "), r#"{"__type":"FooError"}"#, Some("FooError")),
        (Some(":"), r#"{"__type":"FooError"}"#, Some("FooError")),
        (None, r#"{"code":"FooError"}"#, Some("FooError")),
        (None, r#"{"code":"aws.protocol#FooError"}"#, Some("FooError")),
        (None, r#"{"__type":"FooError"}"#, Some("FooError")),
        (None, r#"{"__type":"aws.protocol#FooError"}"#, Some("FooError")),
        (None, r#"{"code":"FooError","__type":"BarError"}"#, Some("FooError")),
        (None, r#"{"code":"LimitsException","__type":"BarError"}"#, Some("LimitsException")),
        (None, r#"{"code":"Detail","__type":"a#LimitsException"}"#, Some("LimitsException")),
        (None, r#"{"code":"Detail","__type":"ThrottlingException"}"#, Some("ThrottlingException")),
        (None, r#"{"code":"Detail","__type":"RequestTimeout"}"#, Some("RequestTimeout")),
        (None, r#"{"code":"SlowDown","__type":"BarError"}"#, Some("SlowDown")),
        (None, r#"{"code":404,"__type":"FooError"}"#, Some("FooError")),
        (None, r#"{"code":null,"__type":"FooError"}"#, Some("FooError")),
        (None, r#"{"message":"x"}"#, None),
        (None, r#"["FooError"]"#, None),
        (None, "null", None),
    ];
    for (header, body, code) in table {
        let headers: Vec<_> = header.iter().map(|value| (HEADER, *value)).collect();
        let error = call_error(CannedResponse::new(500, &headers, body)).await;
        assert_eq!(error.code(), code, "{header:?} {body}");
    }
    let with_url = format!(r#"{{"__type":"aws.protocol#FooError:{url}"}}"#);
    assert_eq!(call_error(CannedResponse::new(500, &[], with_url)).await.code(), Some("FooError"));
}

#[tokio::test]
async fn the_code_in_the_header_determines_the_exception() {
    let body = r#"{"limit":3,"code":"Detail"}"#;
    let error =
        call_error(CannedResponse::new(400, &[("X-Amzn-ErrorType", "LimitsException")], body))
            .await;
    let Some(PutImageError::LimitsException(exception)) = error.into_service() else { panic!() };
    assert_eq!((exception.limit, exception.code.as_deref()), (Some(3), Some("Detail")));

    // The header alone is enough.
    let error =
        call_error(CannedResponse::new(400, &[("X-Amzn-ErrorType", "LimitsException")], "")).await;
    assert!(matches!(error.service(), Some(PutImageError::LimitsException(_))), "{error:?}");
}

#[tokio::test]
async fn the_message_is_found_under_several_names() {
    for body in [
        r#"{"message":"m"}"#,
        r#"{"Message":"m"}"#,
        r#"{"errorMessage":"m"}"#,
        r#"{"Message":"n","message":"m"}"#,
        r#"{"Message":"m","message":null}"#,
        r#"{"errorMessage":"n","Message":"m"}"#,
    ] {
        let error = call_error(CannedResponse::new(400, &[], body)).await;
        assert_eq!(error.message(), Some("m"), "{body}");
        assert_eq!(unmodeled(&error).message.as_deref(), Some("m"), "{body}");
    }
}

#[tokio::test]
async fn an_error_body_that_is_not_json_keeps_status_request_id_and_text() {
    let page = "<html>\n<body>502 Bad Gateway</body>\r\n</html>";
    let error = call_error(CannedResponse::new(502, &[("x-amz-request-id", "id-2")], page)).await;
    assert_eq!(error.status(), Some(502));
    assert_eq!(error.code(), None);
    let response = unmodeled(&error);
    assert_eq!((response.status, response.body.as_str()), (502, page));
    assert_eq!(response.request_id.as_deref(), Some("id-2"));
    let line = error.to_string();
    assert!(!line.contains(['\n', '\r']), "{line}");
    assert!(line.contains("502 Bad Gateway"), "{line}");
    assert!(line.ends_with("(status 502, request id id-2)"), "{line}");
}

#[tokio::test]
async fn an_error_body_is_truncated_and_valid_utf_8() {
    let error = call_error(CannedResponse::new(500, &[], b"caf\xe9 \xff")).await;
    assert_eq!(unmodeled(&error).body, "caf\u{fffd} \u{fffd}");

    for body in ["é".repeat(100_000), "x".repeat(3_000_000)] {
        let error = call_error(CannedResponse::new(500, &[], &body)).await;
        let kept = &unmodeled(&error).body;
        assert!(kept.len() <= Unmodeled::MAX_BODY && kept.len() > Unmodeled::MAX_BODY - 4);
        assert!(error.to_string().len() < 700);
    }
    let error = call_error(CannedResponse::new(500, &[], b"\xff".repeat(100_000))).await;
    assert!(unmodeled(&error).body.len() <= Unmodeled::MAX_BODY);

    let error = call_error(CannedResponse::new(503, &[], "")).await;
    assert_eq!(
        error.to_string(),
        "PutImage: a response with status 503 and no error code (status 503)"
    );
}

#[tokio::test]
async fn a_redirect_is_an_error_and_is_not_followed() {
    let error =
        call_error(CannedResponse::new(307, &[("location", "http://127.0.0.1:1/")], "")).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Service, Some(307)));
}

#[tokio::test]
async fn a_truncated_error_response_keeps_its_code() {
    let broken =
        "HTTP/1.1 503 Busy\r\ncontent-length: 100\r\nx-amzn-errortype: SlowDown\r\n\r\nhal";
    let error = call_error(CannedResponse::raw(broken)).await;
    assert_eq!((error.status(), error.code()), (Some(503), Some("SlowDown")));
    assert_eq!(unmodeled(&error).body, "hal");
}

#[tokio::test]
async fn an_endless_error_body_does_not_block_the_call() {
    let head = "HTTP/1.1 500 Broken\r\ncontent-length: 999999999999\r\n\r\n";
    let body = "x".repeat(longshore_runtime::HttpTransport::MAX_FAILURE + 1);
    let error = call_error(CannedResponse::stalled([head, &body].concat())).await;
    assert_eq!(error.status(), Some(500));
    assert!(unmodeled(&error).body.starts_with("xxx"));
}

#[tokio::test]
async fn a_decode_error_names_line_and_column_and_shows_no_content() {
    let table = [
        (
            "{\"digest\": \"hunter2\",\n \"size\": \"hunter2\"}",
            2,
            "expected an integer, found a string",
        ),
        ("{\"digest\": \"hunter2", 1, "it ends too early"),
        ("{\"size\": 1} hunter2", 1, "it is not JSON (no content type, 19 bytes)"),
        ("[\"hunter2\"]", 1, "expected an object for the structure PutImageResponse, found a list"),
        ("\"hunter2\"", 1, "found a string"),
        ("{\"layers\": [null, \"hunter2\"]}", 1, "expected a string, found null"),
    ];
    for (body, line, problem) in table {
        let error = call_error(CannedResponse::ok(body)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!((error.status(), error.request_id()), (Some(200), Some("request-1")));
        let shown = format!("{error} {error:?} {:?}", error.cause());
        assert!(!shown.contains("hunter2"), "{shown}");
        let text = error.to_string();
        assert!(text.contains(problem), "{body}: {text}");
        assert!(text.contains(&format!("at line {line} column ")), "{body}: {text}");
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn a_decode_error_names_the_member() {
    let table = [
        (r#"{"digest": 7}"#, Some("digest")),
        (r#"{"digest": "a", "layers": ["b", "c", {"d": 1}]}"#, Some("layers[2]")),
        (r#"{"digest": "a", "layers": [null]}"#, Some("layers[0]")),
        ("{\n\"later\": [{\"}\": 1}],\n\"size\": \"7\"}", Some("size")),
        (r#"{"size": 99999999999999999999}"#, Some("size")),
        (r#"{"digest": {"hunter 2": 1}}"#, Some("digest")),
        (r#"{"later": {"hunter 2": }}"#, Some("later[key]")),
        (r#"{"layers": ["a", ]}"#, Some("layers[1]")),
        (r#"{"layers": ["a""#, Some("layers[0]")),
        ("[]", None),
        ("{", None),
    ];
    for (body, path) in table {
        let error = call_error(CannedResponse::ok(body)).await;
        let source = error.find_cause::<DecodeError>();
        assert_eq!(source.expect("a decode error").path(), path, "{body}");
        let shown = path.map_or(", at line ".to_owned(), |path| format!(", in {path} at line "));
        assert!(error.to_string().contains(&shown), "{error}");
        assert!(!format!("{error} {error:?}").contains("hunter"), "{error:?}");
    }
}

#[tokio::test]
async fn deep_nesting_is_an_error_and_not_a_crash() {
    for value in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
        let error = call_error(CannedResponse::ok(format!("{{\"layers\": {value}"))).await;
        assert_eq!(error.kind(), ErrorKind::Decode);
        let error =
            call_error(CannedResponse::new(400, &[], format!("{{\"message\": {value}"))).await;
        assert_eq!(error.code(), None);
    }
}

#[tokio::test]
async fn codes_and_statuses_are_classified() {
    let table = [
        (400, "ThrottlingException", true, true),
        (400, "Throttling", true, true),
        (400, "TooManyRequestsException", true, true),
        (400, "LimitExceededException", true, true),
        (400, "EC2ThrottledException", true, true),
        (400, "RequestTimeout", true, false),
        (400, "RequestTimeoutException", true, false),
        (500, "ServerException", true, false),
        (502, "ServerException", true, false),
        (503, "ServerException", true, false),
        (504, "ServerException", true, false),
        (501, "ServerException", false, false),
        (400, "ImageAlreadyExistsException", false, false),
        (403, "AccessDeniedException", false, false),
    ];
    for (status, code, retryable, throttling) in table {
        let error =
            call_error(CannedResponse::new(status, &[("x-amzn-errortype", code)], "{}")).await;
        assert_eq!(error.is_retryable(), retryable, "{status} {code}");
        assert_eq!(error.is_throttling(), throttling, "{status} {code}");
        assert!(!error.is_timeout());
    }
}

#[tokio::test]
async fn a_long_request_id_is_truncated_in_the_message() {
    let id = "7".repeat(20_000);
    let error = call_error(CannedResponse::new(500, &[("x-amzn-requestid", &id)], "{}")).await;
    assert_eq!(error.request_id(), Some(id.as_str()));
    assert!(error.to_string().len() < 1000, "{error}");
}
