//! Requests that the server rejects, and those that it must decompress first.

use crate::server::echo;
use crate::support::raw::send;
use crate::support::report::report;
use crate::support::service::PutImageRequest;

const TARGET: &str = "x-amz-target: TestRegistry_V20150921.PutImage";
const JSON: &str = "content-type: application/x-amz-json-1.1";
const SIGNED: &str = "authorization: any";
const BODY: &str = r#"{"repositoryName":"a","imageManifest":"b"}"#;

/// The head and the body of a request, the error code, and the entry in the report.
type Case = (&'static [&'static str], &'static str, &'static str, &'static str);

const MALFORMED: [Case; 9] = [
    (
        &["PUT / HTTP/1.1", JSON, TARGET, SIGNED],
        BODY,
        "UnexpectedCall",
        "PutImage was called with PUT \"/\" instead of POST \"/\"",
    ),
    (
        &["POST /a?b=c HTTP/1.1", JSON, TARGET, SIGNED],
        BODY,
        "UnexpectedCall",
        "PutImage was called with POST \"/a?..\" instead of POST \"/\"",
    ),
    (
        &["POST / HTTP/1.1", "content-type: application/json", TARGET, SIGNED],
        BODY,
        "UnexpectedCall",
        "PutImage was called with the content type \"application/json\" instead of \
             \"application/x-amz-json-1.1\"",
    ),
    (
        &["POST / HTTP/1.1", TARGET, SIGNED],
        BODY,
        "UnexpectedCall",
        "PutImage was called without a content type",
    ),
    (
        &["POST / HTTP/1.1", JSON, TARGET],
        BODY,
        "MissingAuthenticationTokenException",
        "PutImage was called without a signature",
    ),
    (
        &["POST / HTTP/1.1", JSON, TARGET, SIGNED],
        "{\"repositoryName\":",
        "SerializationException",
        "PutImage was called with a body that cannot be read: it ends too early, in \
             repositoryName at line 1 column 18",
    ),
    (
        &["POST / HTTP/1.1", JSON, TARGET, SIGNED],
        r#"{"repositoryName":"a secret","imageManifest":[1]}"#,
        "SerializationException",
        "PutImage was called with a body that cannot be read: expected a string, found a \
             list, in imageManifest at line 1 column 45",
    ),
    (
        &["POST / HTTP/1.1", JSON, TARGET, SIGNED],
        r#"{"repositoryName":"a"}"#,
        "SerializationException",
        "PutImage was called with a body that cannot be read: the member imageManifest is \
             missing, at line 1 column 22",
    ),
    (
        &["POST / HTTP/1.1", JSON, TARGET, SIGNED, "content-encoding: br"],
        BODY,
        "SerializationException",
        "PutImage was called with a body that cannot be read: its content encoding is not gzip",
    ),
];

#[test]
fn malformed_requests_are_rejected() {
    for (head, body, code, expected) in MALFORMED {
        let server = echo();
        let raw = send(server.url(), head, body.as_bytes());
        assert_eq!((raw.status, raw.header("x-amzn-errortype")), (400, Some(code)), "{expected}");
        let expected = format!("the server at URL was not called as expected:\n\n1. {expected}");
        assert_eq!(report(&server), expected);
        assert_eq!(server.calls().len(), 1);
    }
}

#[test]
fn requests_that_are_not_calls_are_reported() {
    let server = echo();
    let raw = send(server.url(), &["POST /else HTTP/1.1"], b"");
    assert_eq!(raw.status, 400);
    send(server.url(), &["GET /layers/1?signed=secret HTTP/1.1"], b"");
    let expected = "the server at URL was not called as expected:\n\n\
                    1. POST \"/else\" was received, which is neither a call of an operation nor a \
                    download\n\n\
                    2. GET \"/layers/1\" has no handler registered with `on_get`";
    assert_eq!(report(&server), expected);
}

#[test]
fn a_compressed_body_is_decompressed() {
    use std::io::Write;

    let server = echo();
    let mut zipped = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let body = br#"{"repositoryName":"a","imageManifest":"b"}"#;
    zipped.write_all(body).expect("written");
    let head = [
        "POST / HTTP/1.1",
        "content-type: application/x-amz-json-1.1",
        "x-amz-target: TestRegistry_V20150921.PutImage",
        "authorization: any",
        "content-encoding: gzip",
    ];
    let raw = send(server.url(), &head, &zipped.finish().expect("written"));
    assert_eq!((raw.status, &*raw.body), (200, r#"{"digest":"a","layers":[],"size":0}"#));
    assert_eq!(server.requests::<PutImageRequest>(), [PutImageRequest::new("a", "b")]);
    let raw = send(server.url(), &head, body);
    assert_eq!(raw.status, 400);
    assert!(
        report(&server)
            .ends_with("cannot be read: its content encoding is gzip, but its content is not")
    );
}
