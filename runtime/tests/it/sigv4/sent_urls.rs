//! Presigned URLs on the wire: the signature is recomputed from the received request.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use longshore_runtime::sigv4::{Keys, PayloadHash, SigningOptions, presign};
use longshore_runtime::{HttpTransport, Transport};

use super::{KEYS, scope};
use crate::support::TOKEN;
use crate::support::server::{CannedResponse, ReceivedRequest, Server};
use crate::support::signature::{SignedUrl, payload_hash};

/// A request, the canonical form of its path, and how it is signed.
struct Case {
    method: Method,
    target: &'static str,
    canonical_path: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    payload: fn(&[u8]) -> PayloadHash,
    options: SigningOptions,
    token: Option<&'static str>,
}

const GET: Case = Case {
    method: Method::GET,
    target: "/",
    canonical_path: "/",
    headers: &[],
    body: "",
    payload: PayloadHash::of,
    options: SigningOptions::new(),
    token: None,
};

fn cases() -> [Case; 5] {
    [
        GET,
        Case { target: "/?b=2&a=%2F&a=", token: Some(TOKEN), ..GET },
        Case {
            target: "/shops//a%20b/../c?x=y",
            canonical_path: "/shops/c",
            headers: &[("x-signed", "  two   words "), ("x-amz-meta", "v")],
            ..GET
        },
        Case {
            method: Method::PUT,
            target: "/bucket//a%20b/../c",
            canonical_path: "/bucket//a%20b/../c",
            body: "content",
            payload: |_| PayloadHash::UNSIGNED,
            options: SigningOptions::s3(),
            ..GET
        },
        Case {
            method: Method::POST,
            target: "/a%20b/~",
            canonical_path: "/a%2520b/~",
            headers: &[("content-type", "text/plain")],
            body: "content",
            token: Some(TOKEN),
            ..GET
        },
    ]
}

/// Presigns a request, sends it with a plain HTTP transport, and returns what the server received.
async fn sent(case: &Case) -> ReceivedRequest {
    let server = Server::start([CannedResponse::ok("")]);
    let request = |url: &str| {
        let mut request = Request::builder().method(case.method.clone()).uri(url);
        for (name, value) in case.headers {
            request = request.header(*name, *value);
        }
        request.body(Bytes::from_static(case.body.as_bytes())).expect("a request")
    };
    let unsigned = request(&format!("{}{}", server.url, case.target));
    let payload = (case.payload)(case.body.as_bytes());
    let keys = Keys { session_token: case.token, ..KEYS };
    let limit = Duration::from_secs(300);
    let url = presign(&unsigned, &payload, &keys, &scope(), limit, &case.options);
    let url = url.expect("a URL").to_string();
    HttpTransport::new().send(request(&url)).await.expect("a response");
    server.request()
}

#[tokio::test]
async fn the_signature_covers_what_arrives() {
    for case in cases() {
        let sent = sent(&case).await;
        let payload = (case.payload)(&sent.body);
        let url = SignedUrl::of(&sent);
        assert_eq!(url.value("X-Amz-Expires"), Some("300"));
        assert_eq!(url.value("X-Amz-Security-Token"), case.token);
        let signature = url.value("X-Amz-Signature").expect("a signature");
        let expected = url.expected_signature(&sent, case.canonical_path, payload.as_str());
        assert_eq!(signature, expected, "{}", sent.line);
    }
}

#[tokio::test]
async fn a_changed_request_has_another_signature() {
    let [.., case] = cases();
    let sent = sent(&case).await;
    let expected = |sent: &ReceivedRequest, path: &str| {
        let payload = payload_hash(&sent.body);
        SignedUrl::of(sent).expected_signature(sent, path, &payload)
    };
    let signature = expected(&sent, case.canonical_path);
    let url = SignedUrl::of(&sent);
    assert_eq!(url.value("X-Amz-Signature"), Some(&*signature));

    let mut other = sent.clone();
    other.body = b"Content".to_vec();
    assert_ne!(expected(&other, case.canonical_path), signature, "the body is covered");
    let mut other = sent.clone();
    other.line = other.line.replace("POST", "PUT");
    assert_ne!(expected(&other, case.canonical_path), signature, "the method is covered");
    let mut other = sent.clone();
    other.line = other.line.replace("X-Amz-Expires=300", "X-Amz-Expires=301");
    assert_ne!(expected(&other, case.canonical_path), signature, "the expiry is covered");
    let mut other = sent.clone();
    for (name, value) in &mut other.headers {
        if name == "content-type" {
            *value = "text/html".to_owned();
        }
    }
    assert_ne!(expected(&other, case.canonical_path), signature, "the headers are covered");
    assert_ne!(expected(&sent, "/other"), signature, "the path is covered");
}
