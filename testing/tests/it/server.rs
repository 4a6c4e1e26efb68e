//! The server for tests: handlers, what is recorded, what is refused, and how it ends.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::support::raw::send;
use crate::support::service::{
    ImageAlreadyExistsException, LimitsException, PingError, PingRequest, PutImageError,
    PutImageRequest, PutImageResponse, SERVICE,
};
use crate::support::told::{panic_of, told};
use bytes::Bytes;
use longshore_runtime::{Client, Error, Operation, Service, Unmodelled, blocking};
use longshore_testing::Server;
use tokio::sync::Barrier;

/// A server that answers with the name of the repository.
fn echo() -> Server {
    let server = Server::start();
    server.on(|request: PutImageRequest| async move {
        let digest = Some(request.repository_name);
        Ok::<_, PutImageError>(PutImageResponse { digest, ..PutImageResponse::default() })
    });
    server
}

fn put(name: &str) -> PutImageRequest {
    PutImageRequest::new(name, "a manifest")
}

/// What a call ends with whose handler fails like this.
async fn failure(error: PutImageError) -> Error<PutImageError> {
    let server = Server::start();
    server.on(move |_: PutImageRequest| {
        let error = error.clone();
        async { Err(error) }
    });
    Client::new(&server.config()).call(&put("a")).await.expect_err("an error")
}

#[tokio::test]
async fn a_call_is_answered_and_recorded() {
    let server = echo();
    let answer = Client::new(&server.config()).call(&put("team/app")).await.expect("an answer");
    assert_eq!(answer.digest.as_deref(), Some("team/app"));

    let [call] = &server.calls()[..] else { panic!("one call") };
    assert_eq!((call.service(), call.operation()), ("TestRegistry_V20150921", "PutImage"));
    assert_eq!((call.method(), call.path(), call.attempt()), ("POST", "/", Some(1)));
    assert_eq!(call.header("Content-Type"), Some("application/x-amz-json-1.1"));
    assert_eq!(call.status(), Some(200));
    let body = br#"{"repositoryName":"team/app","imageManifest":"a manifest"}"#;
    assert_eq!(call.body().map(|body| &body[..]), Some(&body[..]));
    assert_eq!(call.decode(), Ok(put("team/app")));
    let other = call.decode::<PingRequest>().expect_err("another operation").to_string();
    assert_eq!(other, "PutImage: it is not a call of Ping");

    let shown = format!("{call:?} {server:?}");
    assert!(shown.contains("PutImage") && shown.contains("authorization"), "{shown}");
    assert!(!shown.contains("AKIDEXAMPLE") && !shown.contains("team/app"), "{shown}");
}

#[tokio::test]
async fn an_exception_goes_over_the_wire_as_the_service_would_send_it() {
    let limits = LimitsException { limit: Some(7), code: Some("Detail".to_owned()) };
    let error = failure(PutImageError::LimitsException(limits.clone())).await;
    assert_eq!(error.service(), Some(&PutImageError::LimitsException(limits)));
    assert_eq!((error.status(), error.attempts()), (Some(400), 1));
    assert!(error.request_id().is_some());

    let exists = ImageAlreadyExistsException { message: Some("It is there.".to_owned()) };
    let error = failure(PutImageError::ImageAlreadyExistsException(exists.clone())).await;
    assert_eq!(error.message(), Some("It is there."));
    assert_eq!(error.into_service(), Some(PutImageError::ImageAlreadyExistsException(exists)));
}

#[tokio::test]
async fn what_is_in_no_model_has_its_own_status_code_and_message() {
    let mut answer = Unmodelled::new(403);
    answer.code = Some("AccessDeniedException".to_owned());
    answer.message = Some("You may not.".to_owned());
    let error = failure(PutImageError::Unmodelled(answer)).await;
    assert_eq!((error.status(), error.attempts()), (Some(403), 1));
    assert_eq!(error.code(), Some("AccessDeniedException"));
    assert_eq!(error.message(), Some("You may not."));

    // One that no answer can have is the server's own trouble, which clients try again.
    let error = failure(PutImageError::Unmodelled(Unmodelled::new(7))).await;
    assert_eq!((error.status(), error.attempts()), (Some(500), 3));
}

mod query {
    use super::*;

    const QUERY: Service = SERVICE.query_compatible();

    #[derive(Debug, Clone)]
    pub struct Gone {
        pub message: Option<String>,
    }
    longshore_runtime::structure!(Gone, Default, { "message" => message(message) });
    longshore_runtime::impl_exception!(Gone, "QueueGone" as 503, message);

    #[derive(Debug)]
    pub enum SendError {
        Gone(Gone),
        Unmodelled(Unmodelled),
    }
    longshore_runtime::operation_error!(SendError, Unmodelled, {
        "QueueGone" | "AWS.Queue.Gone" => Gone,
    });

    #[derive(Debug, Clone)]
    pub struct SendRequest {}
    longshore_runtime::structure!(SendRequest, Request, Default, {});

    impl Operation for SendRequest {
        const NAME: &'static str = "Send";
        const SERVICE: &'static Service = &QUERY;
        type Output = ();
        type Error = SendError;
    }
}

#[tokio::test]
async fn an_exception_has_the_status_of_its_model_and_the_code_of_the_query_protocol() {
    use query::{Gone, SendError, SendRequest};

    let server = Server::start();
    server.on(|_: SendRequest| async { Err(SendError::Gone(Gone { message: None })) });
    let error = Client::new(&server.config()).call(&SendRequest {}).await.expect_err("an error");
    assert_eq!((error.code(), error.status()), (Some("AWS.Queue.Gone"), Some(503)));
    assert!(matches!(error.service(), Some(SendError::Gone(_))), "{error:?}");
    assert_eq!(error.attempts(), 3);

    let head = [
        "POST / HTTP/1.1",
        "content-type: application/x-amz-json-1.1",
        "x-amz-target: TestRegistry_V20150921.Send",
        "authorization: anybody",
    ];
    let raw = send(server.url(), &head, b"{}");
    assert_eq!(raw.header("x-amzn-errortype"), Some("QueueGone"));
    assert_eq!(raw.header("x-amzn-query-error"), Some("AWS.Queue.Gone;Receiver"));
    assert_eq!(raw.body, r#"{"__type":"QueueGone"}"#);
    assert!(raw.header("date").is_some() && raw.header("x-amzn-requestid").is_some());
}

#[tokio::test]
async fn a_later_handler_replaces_an_earlier_one() {
    let server = echo();
    server
        .on(|_: PutImageRequest| async { Ok(PutImageResponse { size: 5, ..Default::default() }) });
    let answer = Client::new(&server.config()).call(&put("a")).await.expect("an answer");
    assert_eq!((answer.digest, answer.size), (None, 5));
}

#[tokio::test]
async fn operations_of_several_services_are_answered_at_once() {
    let server = echo();
    server.on(|_: PingRequest| async { Ok::<_, PingError>(()) });
    let client = Client::new(&server.config());
    client.call(&PingRequest).await.expect("an answer");
    client.call(&put("a")).await.expect("an answer");
    assert_eq!(server.requests::<PutImageRequest>(), [put("a")]);
    assert_eq!(server.requests::<PingRequest>(), [PingRequest]);
}

#[tokio::test]
async fn calls_are_handled_at_the_same_time() {
    const CALLS: usize = 200;
    let server = Server::start();
    let all = Arc::new(Barrier::new(CALLS));
    server.on(move |_: PingRequest| {
        let all = Arc::clone(&all);
        async move {
            // None of them is answered before all have come.
            all.wait().await;
            Ok::<_, PingError>(())
        }
    });
    let client = Client::new(&server.config());
    let calls = (0..CALLS).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.call(&PingRequest).await.map_err(drop) })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.expect("no panic"), Ok(()));
    }
    assert_eq!(server.calls().len(), CALLS);
}

#[test]
fn programs_without_a_runtime_can_call_it() {
    let server = echo();
    let client = blocking::Client::new(&server.config());
    assert_eq!(client.call(&put("a")).expect("an answer").digest.as_deref(), Some("a"));
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_stands_still_does_not_matter() {
    let server = echo();
    let client = Client::new(&server.config());
    assert!(client.call(&put("a")).await.is_ok());
}

#[tokio::test]
async fn a_handler_may_use_the_runtime_of_the_server() {
    let server = Server::start();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    server.on(move |_: PingRequest| {
        let counted = Arc::clone(&counted);
        async move {
            tokio::time::sleep(Duration::from_millis(1)).await;
            let task = tokio::spawn(async move { counted.fetch_add(1, Ordering::Relaxed) });
            task.await.map(drop).map_err(|_| PingError::Unmodelled(Unmodelled::new(400)))
        }
    });
    Client::new(&server.config()).call(&PingRequest).await.expect("an answer");
    assert_eq!(count.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_handler_that_panics_fails_the_test_and_not_the_server() {
    let server = echo();
    server.on(|_: PingRequest| async { panic!("there is no {}\n  left: 1", "ping") });
    let client = Client::new(&server.config());
    let error = client.call(&PingRequest).await.expect_err("an error");
    assert_eq!((error.code(), error.attempts()), (Some("UnexpectedCall"), 1));
    client.call(&put("a")).await.expect("an answer");
    let expected = "the server at URL was not called as expected:\n\n\
                    1. the handler of Ping panicked: there is no ping\n       left: 1";
    assert_eq!(told(&server), expected);
}

#[test]
fn a_request_is_checked_as_a_service_would_check_it() {
    let target = "x-amz-target: TestRegistry_V20150921.PutImage";
    let json = "content-type: application/x-amz-json-1.1";
    let signed = "authorization: anybody";
    let body = r#"{"repositoryName":"a","imageManifest":"b"}"#;
    let table: [(&[&str], &str, &str, &str); 9] = [
        (
            &["PUT / HTTP/1.1", json, target, signed],
            body,
            "UnexpectedCall",
            "PutImage was called with PUT \"/\" instead of POST \"/\"",
        ),
        (
            &["POST /a?b=c HTTP/1.1", json, target, signed],
            body,
            "UnexpectedCall",
            "PutImage was called with POST \"/a?..\" instead of POST \"/\"",
        ),
        (
            &["POST / HTTP/1.1", "content-type: application/json", target, signed],
            body,
            "UnexpectedCall",
            "PutImage was called with the content type \"application/json\" instead of \
             \"application/x-amz-json-1.1\"",
        ),
        (
            &["POST / HTTP/1.1", target, signed],
            body,
            "UnexpectedCall",
            "PutImage was called without a content type",
        ),
        (
            &["POST / HTTP/1.1", json, target],
            body,
            "MissingAuthenticationTokenException",
            "PutImage was called without a signature",
        ),
        (
            &["POST / HTTP/1.1", json, target, signed],
            "{\"repositoryName\":",
            "SerializationException",
            "PutImage was called with a body that cannot be read: it ends too early, in \
             repositoryName at line 1 column 18",
        ),
        (
            &["POST / HTTP/1.1", json, target, signed],
            r#"{"repositoryName":"a secret","imageManifest":[1]}"#,
            "SerializationException",
            "PutImage was called with a body that cannot be read: a value is not what the model \
             says, in imageManifest at line 1 column 45",
        ),
        (
            &["POST / HTTP/1.1", json, target, signed],
            r#"{"repositoryName":"a"}"#,
            "SerializationException",
            "PutImage was called with a body that cannot be read: the member imageManifest is \
             missing, at line 1 column 22",
        ),
        (
            &["POST / HTTP/1.1", json, target, signed, "content-encoding: br"],
            body,
            "SerializationException",
            "PutImage was called with a body that cannot be read: its encoding is not gzip",
        ),
    ];
    for (head, body, code, expected) in table {
        let server = echo();
        let raw = send(server.url(), head, body.as_bytes());
        assert_eq!((raw.status, raw.header("x-amzn-errortype")), (400, Some(code)), "{expected}");
        let expected = format!("the server at URL was not called as expected:\n\n1. {expected}");
        assert_eq!(told(&server), expected);
        assert_eq!(server.calls().len(), 1);
    }
}

#[test]
fn what_is_no_call_is_told_of() {
    let server = echo();
    let raw = send(server.url(), &["POST /else HTTP/1.1"], b"");
    assert_eq!(raw.status, 400);
    send(server.url(), &["GET /layers/1?signed=secret HTTP/1.1"], b"");
    let expected = "the server at URL was not called as expected:\n\n\
                    1. POST \"/else\" came, and nothing is prepared for it\n\n\
                    2. GET \"/layers/1\" came, and nothing is prepared for it by `on_get`";
    assert_eq!(told(&server), expected);
}

#[test]
fn a_download_that_nobody_prepared_names_what_is() {
    let server = Server::start();
    server.on_get("layers/", |_| async { Some("a prefix without its slash") });
    send(server.url(), &["GET /layers/1 HTTP/1.1"], b"");
    let expected = "the server at URL was not called as expected:\n\n\
                    1. GET \"/layers/1\" came, and nothing is prepared for it by `on_get`; \
                    there are downloads below \"layers/\"";
    assert_eq!(told(&server), expected);
}

#[test]
fn downloads_come_whole_or_in_part() {
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

#[tokio::test]
async fn less_is_kept_where_that_is_asked_for() {
    let server = Server::builder().keep_bodies(60).start().expect("a server");
    server.on(|_: PutImageRequest| async { Ok(PutImageResponse::default()) });
    let client = Client::new(&server.config());
    client.call(&put("a")).await.expect("an answer");
    client.call(&put(&"a".repeat(60))).await.expect("an answer");
    let kept: Vec<_> = server.calls().iter().map(|call| call.body().is_some()).collect();
    assert_eq!(kept, [true, false]);
    let expected = format!(
        "call 2 to the server at {}: PutImage: its body was too long to be kept",
        server.url()
    );
    assert_eq!(panic_of(|| drop(server.requests::<PutImageRequest>())), expected);

    let server = Server::builder().keep_calls(false).start().expect("a server");
    server.on(|_: PingRequest| async { Ok::<_, PingError>(()) });
    Client::new(&server.config()).call(&PingRequest).await.expect("an answer");
    assert!(server.calls().is_empty());
}

#[tokio::test]
async fn it_ends_with_its_last_handle_and_its_port_is_free_again() {
    let server = echo();
    let (config, address) = (server.config(), server.url().replace("http://", ""));
    let handle = server.clone();
    drop(server);
    let client = Client::new(&config);
    client.call(&put("a")).await.expect("an answer");
    let taken = Server::builder().address(address.parse().expect("an address")).start();
    assert!(taken.is_err());
    drop(handle);
    let again = Server::builder().address(address.parse().expect("an address")).start();
    let again = again.expect("a server");
    assert_eq!(again.url(), format!("http://{address}"));
    again.on(|_: PutImageRequest| async { Ok(PutImageResponse::default()) });
    client.call(&put("a")).await.expect("an answer");
    drop(again);
    TcpListener::bind(address).expect("a port");
}

#[tokio::test]
async fn a_test_that_fails_anyway_is_not_failed_again() {
    let server = Server::start();
    let _ = Client::new(&server.config()).call(&PingRequest).await;
    let text = panic_of(|| {
        let _server = server;
        panic!("{}", "its own reason");
    });
    assert_eq!(text, "its own reason");
}

/// What is printed is seen in a process of its own: this test, where `FAILS` is set.
#[test]
fn a_test_that_fails_anyway_prints_what_the_server_would_have_failed_it_with() {
    const FAILS: &str = "LONGSHORE_TEST_FAILS";
    if std::env::var_os(FAILS).is_some() {
        let server = echo();
        let client = blocking::Client::new(&server.config());
        assert!(client.call(&PingRequest).is_ok(), "its own reason");
    }
    let name = "server::a_test_that_fails_anyway_prints_what_the_server_would_have_failed_it_with";
    let program = std::env::current_exe().expect("a test binary");
    let mut again = std::process::Command::new(program);
    let output = again.args([name, "--exact", "--nocapture"]).env(FAILS, "1").output();
    let output = output.expect("an end");
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && printed.contains("its own reason"), "{printed}");
    let told = "was not called as expected:\n\n1. Ping was called, and nothing is prepared for it by `on` or `expect`";
    assert!(printed.contains(told), "{printed}");
}

#[test]
fn a_compressed_body_is_read() {
    use std::io::Write;

    let server = echo();
    let mut zipped = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let body = br#"{"repositoryName":"a","imageManifest":"b"}"#;
    zipped.write_all(body).expect("written");
    let head = [
        "POST / HTTP/1.1",
        "content-type: application/x-amz-json-1.1",
        "x-amz-target: TestRegistry_V20150921.PutImage",
        "authorization: anybody",
        "content-encoding: gzip",
    ];
    let raw = send(server.url(), &head, &zipped.finish().expect("written"));
    assert_eq!((raw.status, &*raw.body), (200, r#"{"digest":"a","layers":[],"size":0}"#));
    assert_eq!(server.requests::<PutImageRequest>(), [PutImageRequest::new("a", "b")]);
    let raw = send(server.url(), &head, body);
    assert_eq!(raw.status, 400);
    assert!(told(&server).ends_with("cannot be read: it is not gzip, as its header says"));
}
