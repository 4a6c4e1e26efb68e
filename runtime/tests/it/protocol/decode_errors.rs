//! What the error of a response that cannot be decoded says: the member, the expected and the found
//! kind of value, and what was received instead of JSON.

use std::collections::BTreeMap;

use crate::support::client;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::SERVICE;
use longshore_runtime::{
    Blob, Document, Operation, Service, Timestamp, Unmodeled, UnrecognizedMember, codec,
};

longshore_runtime::string_enum!(Color, Unrecognized, { "red" => Red });
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Color {
    Red,
    Unrecognized(longshore_runtime::Unrecognized),
}

longshore_runtime::int_enum!(Level, Unrecognized, { 1 => Low });
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Level {
    Low,
    Unrecognized(longshore_runtime::UnrecognizedInt),
}

longshore_runtime::union!(Choice, Unrecognized, { "name" => Name });
#[derive(Debug, Clone, PartialEq)]
enum Choice {
    Name(String),
    Unrecognized(UnrecognizedMember),
}

longshore_runtime::structure!(Inner, Default, { "name" => some(name) });
struct Inner {
    name: Option<String>,
}
struct LookResponse {
    text: Option<String>,
    flag: Option<bool>,
    small: Option<i8>,
    number: Option<i32>,
    float: Option<f32>,
    time: Option<Timestamp>,
    blob: Option<Blob>,
    color: Option<Color>,
    level: Option<Level>,
    list: Vec<String>,
    map: BTreeMap<String, i64>,
    inner: Option<Inner>,
    choice: Option<Choice>,
    document: Option<Document>,
}
longshore_runtime::structure!(LookResponse, Default, {
    "text" => some(text),
    "flag" => some(flag),
    "small" => some(small as codec::Integer),
    "number" => some(number as codec::Integer),
    "float" => some(float as codec::Float),
    "time" => some(time as codec::DateTime),
    "blob" => some(blob),
    "color" => some(color),
    "level" => some(level),
    "list" => value(list as codec::List),
    "map" => value(map as codec::Map<codec::Integer>),
    "inner" => some(inner),
    "choice" => some(choice),
    "document" => some(document),
});

#[derive(Clone)]
struct LookRequest {}
longshore_runtime::structure!(LookRequest, Request, Default, {});

enum LookError {
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(LookError, Unmodeled, {});

impl Operation for LookRequest {
    const NAME: &'static str = "Look";
    const SERVICE: &'static Service = &SERVICE;
    type Output = LookResponse;
    type Error = LookError;
}

/// Like [`LookRequest`], for an output with a secret at some depth.
#[derive(Clone)]
struct PeekRequest {}
longshore_runtime::structure!(PeekRequest, Request, Default, {});

impl Operation for PeekRequest {
    const NAME: &'static str = "Peek";
    const SERVICE: &'static Service = &SERVICE;
    type Output = LookResponse;
    type Error = LookError;
    const SECRET_OUTPUT: bool = true;
}

/// An output with a secret member of its own.
struct Secret {
    password: Option<String>,
}
longshore_runtime::structure!(Secret, Default, {
    "password" => some(password) where secret(),
});

#[derive(Clone)]
struct ShowRequest {}
longshore_runtime::structure!(ShowRequest, Request, Default, {});

impl Operation for ShowRequest {
    const NAME: &'static str = "Show";
    const SERVICE: &'static Service = &SERVICE;
    type Output = Secret;
    type Error = LookError;
}

/// The error of a call with this response, which must not contain `hunter2`.
async fn error_of<O: Operation + Default>(response: CannedResponse) -> String {
    let server = Server::start([response]);
    let error = client(&server.url).call(&O::default()).await.expect_err("an error");
    let line = error.to_string();
    assert_eq!(line.lines().count(), 1, "{line}");
    assert!(!format!("{line} {error:?}").contains("hunter2"), "{error:?}");
    line
}

async fn problem(body: &str) -> String {
    let line = error_of::<LookRequest>(CannedResponse::new(200, &[], body)).await;
    let problem = line.strip_prefix("Look: the response cannot be decoded: ").expect("a prefix");
    problem.split(" at line ").next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_expected_and_the_found_kind_are_named() {
    let table = [
        (r#"{"text": 5}"#, "expected a string, found an integer, in text"),
        (r#"{"text": ["hunter2"]}"#, "expected a string, found a list, in text"),
        (r#"{"text": {"hunter2": 1}}"#, "expected a string, found an object, in text"),
        (r#"{"text": false}"#, "expected a string, found a boolean, in text"),
        (r#"{"flag": "hunter2, expected a"}"#, "expected a boolean, found a string, in flag"),
        (r#"{"small": 300}"#, "expected an integer, found a number out of range for i8, in small"),
        (
            r#"{"small": 1e300}"#,
            "expected an integer, found a number out of range for i8, in small",
        ),
        (r#"{"number": 1.5}"#, "expected an integer, found a number with a fraction, in number"),
        (r#"{"number": "hunter2"}"#, "expected an integer, found a string, in number"),
        (r#"{"number": []}"#, "expected an integer, found a list, in number"),
        (r#"{"number": {}}"#, "expected an integer, found an object, in number"),
        (r#"{"number": true}"#, "expected an integer, found a boolean, in number"),
        (
            r#"{"float": "hunter2"}"#,
            "expected a number, or \"NaN\", \"Infinity\" or \"-Infinity\", found a string, in float",
        ),
        (
            r#"{"float": 1e300}"#,
            "expected a number, or \"NaN\", \"Infinity\" or \"-Infinity\", \
             found a number out of range for f32, in float",
        ),
        (
            r#"{"time": "hunter2"}"#,
            "expected a timestamp, found a string that is not a date and time, in time",
        ),
        (r#"{"time": 1e300}"#, "expected a timestamp, found a number out of range, in time"),
        (r#"{"time": true}"#, "expected a timestamp, found a boolean, in time"),
        (
            r#"{"blob": "hunter2!"}"#,
            "expected a base64 string, found a string that is not base64, in blob",
        ),
        (r#"{"blob": [1]}"#, "expected a base64 string, found a list, in blob"),
        (r#"{"color": 5}"#, "expected a string, found an integer, in color"),
        (r#"{"level": "hunter2"}"#, "expected an integer, found a string, in level"),
        (r#"{"list": "hunter2"}"#, "expected a list, found a string, in list"),
        (r#"{"list": ["a", 5]}"#, "expected a string, found an integer, in list[1]"),
        (r#"{"map": []}"#, "expected an object, found a list, in map"),
        (r#"{"map": {"a": "hunter2"}}"#, "expected an integer, found a string, in map.a"),
        (
            r#"{"inner": "hunter2"}"#,
            "expected an object for the structure Inner, found a string, in inner",
        ),
        (
            r#"{"choice": "hunter2"}"#,
            "expected an object for the union Choice, found a string, in choice",
        ),
        (r#"{"document": 1e999}"#, "expected a number, found a number out of range, in document"),
        ("[]", "expected an object for the structure LookResponse, found a list,"),
        ("\"hunter2\"", "expected an object for the structure LookResponse, found a string,"),
        ("5", "expected an object for the structure LookResponse, found an integer,"),
    ];
    for (body, expected) in table {
        assert_eq!(problem(body).await, expected, "{body}");
    }
}

#[tokio::test]
async fn a_body_that_is_not_json_is_described() {
    let long = format!("<!DOCTYPE html>\r\n<html>\r\n{}</html>", "<p>Sign in</p>\n".repeat(100));
    let start = "<!DOCTYPE html> <html> ".to_owned() + &["<p>Sign in</p>"; 9].join(" ");
    let table: [(&str, &[u8], &str); 9] = [
        (
            "text/html; charset=utf-8",
            b"<html>\n  <title>Sign in</title>",
            "content type text/html; charset=utf-8, 31 bytes: <html> <title>Sign in</title>",
        ),
        ("text/html", long.as_bytes(), &format!("content type text/html, 1532 bytes: {start}..")),
        ("text/xml", b"<?xml version='1.0'?><a/>", "text/xml, 25 bytes: <?xml version='1.0'?><a/>"),
        ("text/plain", b"404 page not found", "text/plain, 18 bytes: 404 page not found"),
        ("text/plain", b"[connection] lost", "text/plain, 17 bytes: [connection] lost"),
        ("text/plain", b"no: it is down", "text/plain, 14 bytes: no: it is down"),
        ("application/json", b"\x1f\x8b\x08\0\0\0", "application/json, 6 bytes of gzip data"),
        ("", b"\xff\xfe<\0h\0", "no content type, 6 bytes: \\xff\\xfe< h"),
        ("application/json", b"{'name': 1}", "application/json, 11 bytes: {'name': 1}"),
    ];
    for (content_type, body, expected) in table {
        let headers = [("content-type", content_type)];
        let line = error_of::<LookRequest>(CannedResponse::new(200, &headers, body)).await;
        assert!(line.contains("decoded: it is not JSON ("), "{line}");
        assert!(line.contains(&format!("{expected}), at line ")), "{line}");
    }
}

/// The beginning of an object may contain values, and a body of an operation with secrets may
/// contain them in any form.
#[tokio::test]
async fn a_body_that_may_contain_values_or_secrets_is_not_shown() {
    let html = || CannedResponse::new(200, &[("content-type", "text/html")], "<p>hunter2</p>");
    for line in [error_of::<PeekRequest>(html()).await, error_of::<ShowRequest>(html()).await] {
        let expected = "it is not JSON (content type text/html, 14 bytes), at line 1 column 1";
        assert!(line.contains(expected), "{line}");
    }
    let broken = CannedResponse::new(200, &[], r#"{"text": "hunter2", "flag": yes}"#);
    let line = error_of::<LookRequest>(broken).await;
    let expected = "it is not JSON (no content type, 32 bytes), in flag at line 1 column 29";
    assert!(line.contains(expected), "{line}");
}

#[tokio::test]
async fn a_byte_order_mark_is_skipped() {
    let mark = "\u{feff}";
    let server = Server::start([CannedResponse::ok(format!("{mark}{{\"number\": 7}}"))]);
    let response = client(&server.url).call(&LookRequest::default()).await.expect("a response");
    assert_eq!(response.number, Some(7));
    let expected = "expected a string, found an integer, in text";
    assert_eq!(problem(&format!("{mark}{{\"text\": 5}}")).await, expected);
}

#[tokio::test]
async fn unknown_content_may_be_nested_to_any_depth() {
    const DEPTH: usize = 200_000;
    let deep = ["[".repeat(DEPTH), "]".repeat(DEPTH)].concat();
    let body = format!(r#"{{"later": {deep}, "inner": {{"later": {deep}}}, "number": 7}}"#);
    let server = Server::start([CannedResponse::ok(body)]);
    let response = client(&server.url).call(&LookRequest::default()).await.expect("a response");
    assert_eq!(response.number, Some(7));
    assert!(response.inner.is_some());

    let open = format!(r#"{{"later": {}"#, "[{\"a\":".repeat(DEPTH));
    let path = format!("later{}..", "[0].a".repeat(15) + "[0]");
    assert_eq!(problem(&open).await, format!("it ends too early, in {path}"));
}

#[tokio::test]
async fn known_content_that_is_nested_too_deeply_is_an_error() {
    for value in [["[".repeat(200), "]".repeat(200)].concat(), "{\"a\":".repeat(200)] {
        let text = problem(&format!(r#"{{"document": {value}}}"#)).await;
        let expected = "values are nested more than 127 levels deep, in document";
        assert!(text.starts_with(expected), "{text}");
    }
}
