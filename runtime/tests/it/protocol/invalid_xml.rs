//! awsQuery response bodies that are not a response of the operation, and unusual ones that are.

use std::fmt::Write;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use longshore_runtime::wire::WireResponse;
use longshore_runtime::{Error, ErrorKind, Operation, Timestamp};

use crate::support::client;
use crate::support::query_service::{OpenVaultError, OpenVaultRequest, OpenVaultResponse};
use crate::support::server::{CannedResponse, Server};

/// A response with all members.
const COMPLETE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
    <OpenVaultResponse xmlns=\"https://vault.example/\"><OpenVaultResult>\
    <Token>a&amp;b</Token><Expires>1970-01-01T00:00:07Z</Expires>\
    <Drawers><Drawer>1</Drawer><Drawer>2</Drawer></Drawers></OpenVaultResult></OpenVaultResponse>";

fn complete() -> OpenVaultResponse {
    let expires = Some(Timestamp::from_seconds(7));
    OpenVaultResponse { token: Some("a&b".into()), expires, drawers: vec![1, 2] }
}

async fn call(body: &[u8]) -> Result<OpenVaultResponse, Error<OpenVaultError>> {
    let server = Server::start([CannedResponse::ok(body)]);
    client(&server.url).call(&OpenVaultRequest::default()).await
}

/// A document type with ten entities, each of which expands to ten times the previous one.
fn billion_laughs() -> String {
    let mut text = "<!DOCTYPE x [<!ENTITY e0 \"hidden\">".to_owned();
    for index in 1..10 {
        let value = format!("&e{};", index - 1).repeat(10);
        write!(text, "<!ENTITY e{index} \"{value}\">").expect("a string");
    }
    text + "]><OpenVaultResponse><OpenVaultResult><Token>&e9;</Token></OpenVaultResult>\
            </OpenVaultResponse>"
}

fn result(content: &str) -> String {
    format!("<OpenVaultResponse><OpenVaultResult>{content}</OpenVaultResult></OpenVaultResponse>")
}

#[tokio::test]
async fn each_body_that_is_no_response_is_one_clear_error() {
    let foreign = "it is not a response of the operation";
    let failed = "it is an error, but the status indicates success";
    let deep = result(&("<a>".repeat(127) + "hidden" + &"</a>".repeat(127)));
    let table: Vec<(&[u8], &str)> = vec![
        (b"<html><body>Sign in</body></html>", foreign),
        (b"<html><head><meta charset='x'><p>Sign in</body>", "it is not XML"),
        (b"<OpenVaultResult><Token>hidden</Token></OpenVaultResult>", foreign),
        (
            b"<OtherResponse><OtherResult><Token>hidden</Token></OtherResult></OtherResponse>",
            foreign,
        ),
        (b"<OtherResponse/>", foreign),
        // An error with a success status.
        (b"<ErrorResponse><Error><Code>hidden</Code></Error></ErrorResponse>", failed),
        (
            b"<OpenVaultResponse><Errors><Error><Code>hidden</Code></Error></Errors>\
              </OpenVaultResponse>",
            failed,
        ),
        (b"<OpenVaultResponse/><OpenVaultResponse/>", "it is not XML"),
        (b"<OpenVaultResponse></OpenVaultResult>", "it is not XML"),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xe9</a>", "it is not UTF-8"),
        (b"\xfe\xff\0<\0a\0/\0>", "it is not UTF-8"),
        (b"<OpenVaultResponse>&hidden;</OpenVaultResponse>", "it has an unknown entity"),
        (deep.as_bytes(), "elements are nested more than 127 levels deep, in a.a.a"),
    ];
    let laughs = billion_laughs();
    let table = table.into_iter().chain([(laughs.as_bytes(), "document type declaration")]);
    for (body, expected) in table {
        let shown = String::from_utf8_lossy(body);
        let error = call(body).await.expect_err(&shown);
        assert_eq!(error.kind(), ErrorKind::Decode, "{shown}");
        let text = error.to_string();
        assert!(text.contains(expected) && !text.contains("hidden"), "{text}");
        assert!(text.starts_with("OpenVault: ") && text.contains(" at line 1"), "{text}");
    }
}

#[test]
fn a_response_that_ends_too_early_is_an_error_wherever_it_ends() {
    let decode = |body: &str| {
        let (headers, body) = (HeaderMap::new(), Bytes::copy_from_slice(body.as_bytes()));
        let response = WireResponse { status: StatusCode::OK, headers: &headers, body: &body };
        OpenVaultRequest::decode(&response)
    };
    assert_eq!(decode(COMPLETE), Ok(complete()));
    for end in 1..COMPLETE.len() {
        let part = &COMPLETE[..end];
        let text = decode(part).expect_err(part).to_string();
        assert!(text.contains("it ends too early"), "{text}: {part}");
    }
}

#[tokio::test]
async fn unusual_responses_are_read() {
    let mark = format!("\u{feff}{COMPLETE}");
    let other_encoding = COMPLETE.replace("UTF-8", "ISO-8859-1");
    let other_namespace = COMPLETE.replace("https://vault.example/", "urn:other");
    let prefixed = COMPLETE.replace("xmlns=", "xmlns:v=");
    let prefixed = prefixed.replace("<Open", "<v:Open").replace("</Open", "</v:Open");
    let other_root = COMPLETE.replace("OpenVaultResponse", "Anything");
    let twice = COMPLETE.replace("<Token>", "<Token>first</Token><Token>");
    for body in [&mark, &other_encoding, &other_namespace, &prefixed, &other_root, &twice] {
        assert_eq!(call(body.as_bytes()).await.expect(body), complete(), "{body}");
    }
}

#[tokio::test]
async fn members_that_cannot_be_read_are_named() {
    let table = [
        ("<Expires>hidden</Expires>", "found a string that is not a date and time, in Expires"),
        ("<Expires>2024-02-30T00:00:00Z</Expires>", "not a date and time, in Expires"),
        ("<Expires>1e999</Expires>", "expected a number, found a number out of range, in Expires"),
        (
            "<Drawers><Drawer>2147483648</Drawer></Drawers>",
            "expected an integer, found a number out of range for i32, in Drawers.Drawer",
        ),
        ("<Drawers>hidden</Drawers>", "expected elements, found text, in Drawers"),
        ("<Token><x>hidden</x></Token>", "expected text, found other elements, in Token"),
        ("hidden", "found a string, at line 1 column 20"),
    ];
    for (content, expected) in table {
        let error = call(result(content).as_bytes()).await.expect_err(content);
        let text = error.to_string();
        assert!(text.contains(expected) && !text.contains("hidden"), "{text}");
    }
}
