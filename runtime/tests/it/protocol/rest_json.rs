//! restJson1 on the wire: labels, queries, headers, the status, and JSON documents.

use std::collections::BTreeMap;

use longshore_runtime::{ErrorKind, Timestamp};

use crate::support::rest_service::{ItemError, ListItemsRequest, PutItemRequest, PutItemResponse};
use crate::support::server::{CannedResponse, Server};
use crate::support::signature::expected_authorization;
use crate::support::{client, sent};

const DATE: Timestamp = Timestamp::from_seconds(1_576_540_098);

/// A request with the two labels that every path needs.
fn put() -> PutItemRequest {
    PutItemRequest { shop: Some("s".into()), path: Some("p".into()), ..Default::default() }
}

fn text_entry((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// Returns the output that a client decodes.
async fn received(headers: &[(&str, &str)], body: &str) -> PutItemResponse {
    let server = Server::start([CannedResponse::new(201, headers, body)]);
    client(&server.url).call(&put()).await.expect("a response")
}

#[tokio::test]
async fn members_are_in_the_places_that_the_model_defines() {
    let request = PutItemRequest {
        shop: Some("a/b c".into()),
        path: Some("x/y z/~".into()),
        dry_run: Some(true),
        tags: Some(vec!["a&b/c".into(), "c".into()]),
        sort_order: None,
        since: Some(DATE),
        filters: Some(
            [("tag".into(), vec!["no".into()]), ("f".into(), vec!["1".into(), "2".into()])].into(),
        ),
        ratio: Some(f64::NEG_INFINITY),
        names: Some(vec!["a".into(), "b, c".into(), "\"d\"".into()]),
        dates: Some(vec![DATE, DATE]),
        attributes: Some([("Color", "red"), ("Empty", "")].map(text_entry).into()),
        title: Some("title".into()),
        data: Some("data".into()),
    };
    let sent = sent(&request).await;
    let query = "version=2&tag&a%2Fb&dry-run=true&tag=a%26b%2Fc&tag=c\
                 &since=2019-12-16T23%3A48%3A18Z&f=1&f=2";
    assert_eq!(sent.line, format!("PUT /shops/a%2Fb%20c/items/x/y%20z/~?{query} HTTP/1.1"));
    assert_eq!(sent.header("x-ratio"), "-Infinity");
    assert_eq!(sent.header("x-names"), r#"a, "b, c", "\"d\"""#);
    let date = "Mon, 16 Dec 2019 23:48:18 GMT";
    assert_eq!(sent.header("x-dates"), format!("{date}, {date}"));
    assert_eq!(sent.header("x-attribute-color"), "red");
    assert_eq!(sent.header("x-attribute-empty"), "");
    assert_eq!(sent.header("content-type"), "application/json");
    assert_eq!(sent.text(), r#"{"title":"title","data":"ZGF0YQ=="}"#);
    assert!(sent.headers.iter().all(|(name, _)| name != "x-amz-target"));
}

#[tokio::test]
async fn absent_members_are_not_sent() {
    let sent = sent(&put()).await;
    assert_eq!(sent.line, "PUT /shops/s/items/p?version=2&tag&a%2Fb HTTP/1.1");
    assert_eq!(sent.text(), "{}");
    let absent = |name: &str| sent.headers.iter().all(|(header, _)| header != name);
    assert!(["x-ratio", "x-names", "x-dates"].into_iter().all(absent));
}

#[tokio::test]
async fn empty_lists_are_empty_headers_and_no_parameters() {
    let request = PutItemRequest { names: Some(vec![]), tags: Some(vec![]), ..put() };
    let sent = sent(&request).await;
    assert_eq!(sent.line, "PUT /shops/s/items/p?version=2&tag&a%2Fb HTTP/1.1");
    assert_eq!(sent.header("x-names"), "");
}

/// The specification of `httpQueryParams`: the URI and other members take precedence over the map.
#[tokio::test]
async fn a_parameter_of_its_own_replaces_that_of_the_map() {
    let other = |name: &str| (name.to_owned(), vec!["no".to_owned()]);
    let request = PutItemRequest {
        sort_order: Some("up".into()),
        filters: Some([other("sort order"), other("a/b"), other("sort%20order")].into()),
        ..put()
    };
    let literal = "version=2&tag&a%2Fb";
    let query = format!("{literal}&sort%20order=up&sort%2520order=no");
    assert_eq!(sent(&request).await.line, format!("PUT /shops/s/items/p?{query} HTTP/1.1"));
    let request = PutItemRequest { sort_order: None, ..request };
    let query = format!("{literal}&sort%20order=no&sort%2520order=no");
    assert_eq!(sent(&request).await.line, format!("PUT /shops/s/items/p?{query} HTTP/1.1"));
}

#[tokio::test]
async fn numbers_have_their_shortest_text() {
    let table = [
        (1e300, "1e300"),
        (-1.5e-300, "-1.5e-300"),
        (5.0, "5.0"),
        (0.1, "0.1"),
        (f64::NAN, "NaN"),
        (f64::INFINITY, "Infinity"),
    ];
    for (number, text) in table {
        let sent = sent(&PutItemRequest { ratio: Some(number), ..put() }).await;
        assert_eq!(sent.header("x-ratio"), text);
    }
}

#[tokio::test]
async fn elements_that_would_be_lost_or_trimmed_are_quoted() {
    let table: [(&[&str], &str); 4] = [
        (&[""], r#""""#),
        (&["", "a", ""], r#""", a, """#),
        (&[" a", "b\t", "c d"], "\" a\", \"b\t\", c d"),
        (&[r" \ "], r#"" \\ ""#),
    ];
    for (names, expected) in table {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let sent = sent(&PutItemRequest { names: Some(names.clone()), ..put() }).await;
        assert_eq!(sent.header("x-names"), expected);
        let response = received(&[("x-names", expected)], "{}").await;
        assert_eq!(response.names, Some(names));
    }
}

#[tokio::test]
async fn the_signature_covers_path_and_query() {
    let request = PutItemRequest { path: Some("a b/c".into()), dry_run: Some(false), ..put() };
    let sent = sent(&request).await;
    let target = sent.line.split(' ').nth(1).expect("a target").to_owned();
    let (path, _) = target.split_once('?').expect("a query");
    // SigV4 encodes the path a second time.
    let canonical = path.replace('%', "%25");
    assert_eq!(sent.header("authorization"), expected_authorization(&sent, &canonical));
}

#[tokio::test]
async fn a_request_without_members_has_no_body() {
    let server = Server::start([CannedResponse::ok("not read")]);
    client(&server.url).call(&ListItemsRequest).await.expect("a response");
    let sent = server.request();
    assert_eq!(sent.line, "GET /items HTTP/1.1");
    let absent = |name: &str| sent.headers.iter().all(|(header, _)| header != name);
    assert!(absent("content-type") && absent("content-length"));
}

#[tokio::test]
async fn the_path_is_appended_to_that_of_the_endpoint() {
    for path in ["/base", "/base/"] {
        let server = Server::start([CannedResponse::ok("")]);
        let client = client(&format!("{}{path}", server.url));
        client.call(&ListItemsRequest).await.expect("a response");
        assert_eq!(server.request().line, "GET /base/items HTTP/1.1");
    }
}

#[tokio::test]
async fn a_label_without_a_value_is_an_error_and_nothing_is_sent() {
    let server = Server::start([]);
    let empty = PutItemRequest { shop: Some(String::new()), ..put() };
    let missing = PutItemRequest { path: None, ..put() };
    for (request, reason) in [
        (empty, "shop is part of the path and must not be empty"),
        (missing, "path is part of the path and has no value"),
    ] {
        let error = client(&server.url).call(&request).await.expect_err("no label");
        assert_eq!(error.kind(), ErrorKind::Encode);
        assert!(error.to_string().ends_with(reason), "{error}");
    }
    assert_eq!(server.requests().len(), 0);
}

/// The `http` crate limits the length of URLs.
#[tokio::test]
async fn a_path_that_is_too_long_is_an_error_and_nothing_is_sent() {
    let server = Server::start([]);
    let request = PutItemRequest { path: Some("x".repeat(70_000)), ..put() };
    let error = client(&server.url).call(&request).await.expect_err("a long path");
    assert_eq!(error.kind(), ErrorKind::Encode);
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_header_with_a_line_break_is_an_error_and_nothing_is_sent() {
    let server = Server::start([]);
    let request = PutItemRequest { names: Some(vec!["a\r\nX-Other: b".into()]), ..put() };
    let error = client(&server.url).call(&request).await.expect_err("a line break");
    assert_eq!(error.kind(), ErrorKind::Encode);
    assert!(!error.to_string().contains("X-Other"), "{error}");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn members_of_responses_are_read_from_all_places() {
    let date = "Mon, 16 Dec 2019 23:48:18 GMT";
    let headers = [
        ("x-ratio", "NaN"),
        ("X-Names", "a, \"b, c\""),
        ("x-names", "d"),
        ("x-dates", &format!("{date}, {date}")),
        ("x-enabled", "true"),
        ("x-attribute-color", "red"),
        ("x-attribute-size", "5"),
    ];
    let response = received(&headers, r#"{"title": "t", "ratio": "skipped", "later": 1}"#).await;
    assert!(response.ratio.is_some_and(f64::is_nan));
    assert_eq!(response.status, Some(201));
    assert_eq!(response.names.unwrap_or_default(), ["a", "b, c", "d"]);
    assert_eq!(response.dates.unwrap_or_default(), [DATE, DATE]);
    assert_eq!(response.enabled, Some(true));
    let attributes = [("color", "red"), ("size", "5")].map(text_entry);
    assert_eq!(response.attributes, Some(BTreeMap::from(attributes)));
    assert_eq!(response.title.as_deref(), Some("t"));
}

#[tokio::test]
async fn an_empty_body_has_no_members() {
    for body in ["", " ", "null", "{}"] {
        let response = received(&[], body).await;
        assert_eq!((response.title, response.names, response.attributes), (None, None, None));
    }
}

#[tokio::test]
async fn a_header_that_cannot_be_read_is_an_error_without_its_value() {
    let server = Server::start([CannedResponse::new(200, &[("x-ratio", "hunter2")], "{}")]);
    let error = client(&server.url).call(&put()).await.expect_err("no number");
    assert_eq!(error.kind(), ErrorKind::Decode);
    let text = error.to_string();
    assert!(text.contains("in ratio") && text.contains("expected a number"), "{text}");
    assert!(!text.contains("hunter2") && !text.contains("line"), "{text}");
}

#[tokio::test]
async fn an_exception_has_members_in_headers_and_in_the_body() {
    let headers = [("x-amzn-errortype", "NotFoundException:http://x/"), ("x-retry-in", "7")];
    let body = r#"{"Message": "no such item", "kind": "item"}"#;
    let server = Server::start([CannedResponse::new(404, &headers, body)]);
    let error = client(&server.url).call(&put()).await.expect_err("an exception");
    assert_eq!(error.code(), Some("NotFoundException"));
    let Some(ItemError::NotFound(error)) = error.into_service() else { panic!("another error") };
    assert_eq!((error.retry_in, error.kind.as_deref()), (Some(7), Some("item")));
    assert_eq!(error.message.as_deref(), Some("no such item"));
}

#[tokio::test]
async fn an_invalid_header_does_not_hide_an_exception() {
    let headers = [("x-amzn-errortype", "NotFoundException"), ("x-retry-in", "soon")];
    let server = Server::start([CannedResponse::new(404, &headers, "<html>")]);
    let error = client(&server.url).call(&put()).await.expect_err("an exception");
    let Some(ItemError::NotFound(error)) = error.into_service() else { panic!("another error") };
    assert_eq!((error.retry_in, error.message), (None, None));
}
