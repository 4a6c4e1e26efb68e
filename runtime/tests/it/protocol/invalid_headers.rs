//! Members outside the document of a restJson1 response that cannot be read: the error names the
//! member and its place, but does not contain the value.

use longshore_runtime::{Error, ErrorKind, Operation};

use crate::support::client;
use crate::support::rest_service::{ItemError, PutItemRequest, PutItemResponse, PutTextRequest};
use crate::support::server::{CannedResponse, Server};

const NUMBER: &str = "expected a number, or \"NaN\", \"Infinity\" or \"-Infinity\", found a string";
const RANGE: &str = "expected an integer, found a number out of range for i32";
const FRACTION: &str = "expected an integer, found a number with a fraction";
const HUGE: &str = "expected a number, found a number out of range";
const DATE: &str = "expected a timestamp, found a string that is not a date and time";
const BOOLEAN: &str = "expected a boolean, found a string";
const UTF_8: &str = "expected text, found bytes that are not UTF-8";

fn put() -> PutItemRequest {
    PutItemRequest { shop: Some("s".into()), path: Some("p".into()), ..Default::default() }
}

/// A response with this status and headers whose values need not be UTF-8.
fn with_headers(status: u16, headers: &[(&str, &[u8])]) -> CannedResponse {
    let mut bytes = format!("HTTP/1.1 {status} Status\r\ncontent-length: 2\r\n").into_bytes();
    for (name, value) in headers {
        bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    bytes.extend(b"\r\n{}");
    CannedResponse::raw(bytes)
}

/// Calls the operation, and returns the result of this response.
async fn call<O: Operation>(
    request: &O,
    response: CannedResponse,
) -> Result<O::Output, Error<O::Error>> {
    let server = Server::start([response]);
    client(&server.url).call(request).await
}

async fn put_error(response: CannedResponse) -> Error<ItemError> {
    call(&put(), response).await.expect_err("an error")
}

#[tokio::test]
async fn the_error_names_the_member_and_the_header() {
    let table: [(&str, &[u8], &str, &str); 19] = [
        ("x-ratio", b"hidden", NUMBER, "ratio (the header X-Ratio)"),
        ("x-ratio", b"1e999", HUGE, "ratio (the header X-Ratio)"),
        ("x-ratio", b"1,5", NUMBER, "ratio (the header X-Ratio)"),
        ("x-ratio", b"\xff", UTF_8, "ratio (the header X-Ratio)"),
        ("x-count", b"2147483648", RANGE, "count (the header X-Count)"),
        ("x-count", b"-99999999999999999999", RANGE, "count (the header X-Count)"),
        ("x-count", b"1e999", HUGE, "count (the header X-Count)"),
        ("x-count", b"1.5", FRACTION, "count (the header X-Count)"),
        ("x-count", b"", "expected an integer, found a string", "count (the header X-Count)"),
        ("x-count", b"0x10", "expected an integer, found a string", "count (the header X-Count)"),
        ("x-dates", b"hidden", DATE, "dates (the header X-Dates)"),
        ("x-dates", b"Mon, 99 Dec 2019 23:48:18 GMT", DATE, "dates (the header X-Dates)"),
        ("x-dates", b"Mon, 16 Dec 2019 23:48:18 GMT, hidden", DATE, "dates (the header X-Dates)"),
        ("x-dates", b"1e999", HUGE, "dates (the header X-Dates)"),
        ("x-enabled", b"yes", BOOLEAN, "enabled (the header X-Enabled)"),
        ("x-enabled", b"TRUE", BOOLEAN, "enabled (the header X-Enabled)"),
        ("x-names", b"hidden \xe9", UTF_8, "names (the header X-Names)"),
        ("x-names", b"\"hidden\", \xc3", UTF_8, "names (the header X-Names)"),
        (
            "x-attribute-color",
            b"hidden \xe9",
            UTF_8,
            "attributes (a header that begins with X-Attribute-)",
        ),
    ];
    for (name, value, problem, place) in table {
        let error = put_error(with_headers(200, &[(name, value)])).await;
        assert_eq!(error.kind(), ErrorKind::Decode);
        let text = error.to_string();
        assert!(text.contains(&format!("{problem}, in {place}")), "{text}");
        assert!(!text.contains("hidden") && !text.contains("line"), "{text}");
    }
}

#[tokio::test]
async fn the_error_names_the_body_of_a_payload() {
    let request = PutTextRequest { id: None, content_type: None, payload: None };
    let error = call(&request, CannedResponse::ok(b"caf\xe9")).await.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Decode);
    let text = error.to_string();
    assert!(text.contains(&format!("{UTF_8}, in payload (the body)")), "{text}");
}

/// Any UTF-8 is accepted, although HTTP header values should be visible ASCII.
#[tokio::test]
async fn text_in_headers_is_kept() {
    let response = with_headers(200, &[("x-names", "caf\u{e9}, \"\u{1f600},\", \\".as_bytes())]);
    let response = call(&put(), response).await.expect("a response");
    assert_eq!(response.names.unwrap_or_default(), ["caf\u{e9}", "\u{1f600},", "\\"]);
}

/// A header that is not in the model is not read.
#[tokio::test]
async fn other_headers_are_ignored() {
    let response = with_headers(200, &[("x-other", b"\xff")]);
    let PutItemResponse { ratio, names, count, .. } =
        call(&put(), response).await.expect("a response");
    assert_eq!((ratio, names, count), (None, None, None));
}

/// An unreadable header must not hide the code and the other members.
#[tokio::test]
async fn a_member_of_an_exception_stays_absent() {
    for value in [&b"soon"[..], b"2147483648", b"\xff", b""] {
        let code = ("x-amzn-errortype", &b"NotFoundException"[..]);
        let server = Server::start([with_headers(404, &[code, ("x-retry-in", value)])]);
        let error = client(&server.url).call(&put()).await.expect_err("an exception");
        let Some(ItemError::NotFound(error)) = error.into_service() else {
            panic!("another error")
        };
        assert_eq!(error.retry_in, None);
    }
}
