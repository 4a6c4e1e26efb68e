//! Downloads: prefixes, ranges, and paths without a handler.

use bytes::Bytes;
use longshore_testing::Server;

use crate::support::raw::send;
use crate::support::report::report;

#[test]
fn an_unexpected_download_is_reported_with_the_registered_prefixes() {
    let server = Server::start();
    server.on_get("layers/", |_| async { Some("a prefix without its slash") });
    send(server.url(), &["GET /layers/1 HTTP/1.1"], b"");
    let expected = "the server at URL was not called as expected:\n\n\
                    1. GET \"/layers/1\" has no handler registered with `on_get`; \
                    registered prefixes: \"layers/\"";
    assert_eq!(report(&server), expected);
}

#[test]
fn downloads_support_ranges() {
    let server = Server::start();
    server.on_get("/layers/", |path| async move {
        (path == "/layers/1?a=b").then(|| ["0123", "4567", "89"].map(Bytes::from).to_vec())
    });
    server.on_get("/layers/2", |_| async { Some("another") });
    let get = |first: &str, range: &str| send(server.url(), &[first, range], b"");

    let whole = get("GET /layers/1?a=b HTTP/1.1", "x: y");
    assert_eq!((whole.status, &*whole.body), (200, "0123456789"));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    let part = get("GET /layers/1?a=b HTTP/1.1", "range: bytes=3-8");
    assert_eq!((part.status, &*part.body), (206, "345678"));
    assert_eq!(part.header("content-range"), Some("bytes 3-8/10"));
    let beyond = get("GET /layers/1?a=b HTTP/1.1", "range: bytes=10-");
    assert_eq!((beyond.status, &*beyond.body), (416, ""));
    assert_eq!(beyond.header("content-range"), Some("bytes */10"));
    let head = get("HEAD /layers/1?a=b HTTP/1.1", "x: y");
    assert_eq!((head.status, &*head.body), (200, ""));
    assert_eq!(head.header("content-length"), Some("10"));
    assert_eq!(get("GET /layers/2 HTTP/1.1", "x: y").body, "another");
    assert_eq!(get("GET /layers/3 HTTP/1.1", "x: y").status, 404);
    let paths: Vec<_> = server.calls().iter().map(|call| call.path().to_owned()).collect();
    assert_eq!(paths[4..], ["/layers/2", "/layers/3"]);
    assert_eq!(server.calls()[1].status(), Some(206));
}
