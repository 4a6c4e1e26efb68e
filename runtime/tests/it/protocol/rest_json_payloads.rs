//! Members that are the whole body of a restJson1 message.

use longshore_runtime::{Document, ErrorKind, Operation};

use crate::support::client;
use crate::support::rest_service::{
    Item, PutBlobRequest, PutStructureRequest, PutTextRequest, PutValueRequest,
};
use crate::support::server::{CannedResponse, ReceivedRequest, Server};

/// Sends a request. Returns the request that the server received, and the output.
async fn exchange<O: Operation>(request: &O, body: &[u8]) -> (ReceivedRequest, O::Output) {
    let server = Server::start([CannedResponse::new(200, &[("x-id", "7")], body)]);
    let output = client(&server.url).call(request).await.expect("a response");
    (server.request(), output)
}

/// The content type, if there is one.
fn content_type(request: &ReceivedRequest) -> Option<&str> {
    let header = request.headers.iter().find(|(name, _)| name == "content-type");
    header.map(|(_, value)| value.as_str())
}

macro_rules! request {
    ($name:ident, $content_type:expr, $payload:expr) => {
        $name { id: None, content_type: $content_type, payload: $payload }
    };
}

#[tokio::test]
async fn binary_payloads_are_sent_and_read_as_they_are() {
    let bytes = b"\0\xff{}";
    let request = request!(PutBlobRequest, None, Some(bytes.into()));
    let (sent, output) = exchange(&request, bytes).await;
    assert_eq!((content_type(&sent), &*sent.body), (Some("application/octet-stream"), &bytes[..]));
    assert_eq!(output.payload.as_deref(), Some(&bytes[..]));
    assert_eq!(output.id.as_deref(), Some("7"));

    let request = request!(PutBlobRequest, Some("image/png".into()), Some(bytes.into()));
    let (sent, _) = exchange(&request, b"").await;
    assert_eq!(content_type(&sent), Some("image/png"));

    let (sent, output) = exchange(&request!(PutBlobRequest, None, None), b"").await;
    assert_eq!((content_type(&sent), sent.text()), (Some("application/octet-stream"), ""));
    assert_eq!(sent.header("content-length"), "0");
    assert_eq!(output.payload, None);
}

#[tokio::test]
async fn text_payloads_are_sent_and_read_without_quotation_marks() {
    let request = request!(PutTextRequest, None, Some("\"h\u{e4}\"".into()));
    let (sent, output) = exchange(&request, "12".as_bytes()).await;
    assert_eq!((content_type(&sent), sent.text()), (Some("text/plain"), "\"h\u{e4}\""));
    assert_eq!(output.payload.as_deref(), Some("12"));

    let (sent, output) = exchange(&request!(PutTextRequest, None, None), b"").await;
    assert_eq!((content_type(&sent), sent.text()), (None, ""));
    assert_eq!(output.payload, None);
}

#[tokio::test]
async fn structure_payloads_are_documents() {
    let item = Item { name: Some("n".into()) };
    let request = request!(PutStructureRequest, None, Some(item.clone()));
    let (sent, output) = exchange(&request, br#"{"name":"n"}"#).await;
    assert_eq!((content_type(&sent), sent.text()), (Some("application/json"), r#"{"name":"n"}"#));
    assert_eq!(output.payload, Some(item));

    let (sent, output) = exchange(&request!(PutStructureRequest, None, None), b"").await;
    assert_eq!((content_type(&sent), sent.text()), (Some("application/json"), "{}"));
    assert_eq!(output.payload, None);
}

#[tokio::test]
async fn other_values_are_documents_if_they_are_present() {
    let request = request!(PutValueRequest, None, Some(Document::from("text")));
    let (sent, output) = exchange(&request, b"[1]").await;
    assert_eq!((content_type(&sent), sent.text()), (Some("application/json"), "\"text\""));
    assert_eq!(output.payload, Some(Document::Array(vec![Document::from(1)])));

    let (sent, output) = exchange(&request!(PutValueRequest, None, None), b"").await;
    assert_eq!((content_type(&sent), sent.text()), (None, ""));
    assert_eq!(output.payload, None);
}

/// Returns the error message of a call whose payload can be any JSON value.
async fn value_error(body: &str) -> String {
    let server = Server::start([CannedResponse::ok(body)]);
    let request = request!(PutValueRequest, None, None);
    client(&server.url).call(&request).await.expect_err("no JSON").to_string()
}

#[tokio::test]
async fn an_error_shows_no_part_of_a_value_that_is_not_an_object() {
    for body in [
        r#"["hidden", oops]"#,
        r#"["hidden" "x"]"#,
        r#"[["hidden"] oops]"#,
        r#"[7, [8 "hidden"]]"#,
        r#""hidden" oops"#,
        "\"hidden\n\"",
        r#"{"hidden text" oops}"#,
        r#" { "hidden text": oops}"#,
    ] {
        let text = value_error(body).await;
        assert!(text.contains("it is not JSON"), "{text}");
        assert!(!text.contains("hidden"), "{text}");
    }
    for body in ["[error] no route", "{error}", "404 page not found", "<html>", "oops"] {
        let text = value_error(body).await;
        assert!(text.contains(&format!("bytes: {body}")), "{text}");
    }
}

#[tokio::test]
async fn a_payload_that_is_not_json_is_an_error() {
    let server = Server::start([CannedResponse::ok("<html>")]);
    let request = request!(PutStructureRequest, None, None);
    let error = client(&server.url).call(&request).await.expect_err("no JSON");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("it is not JSON"), "{error}");
}
