//! Handlers, recorded calls, rejected requests, downloads, and the end of a server.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use longshore_runtime::{Client, Error, Operation, Service, Timeouts, Unmodeled, blocking};
use longshore_testing::Server;
use tokio::sync::Barrier;

use crate::support::raw::send;
use crate::support::report::{panic_message, report};
use crate::support::service::{
    ImageAlreadyExistsException, LimitsException, PingError, PingRequest, PutImageError,
    PutImageRequest, PutImageResponse, SERVICE,
};

/// A server that returns the repository name of each request as the digest.
pub(crate) fn echo() -> Server {
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

/// The error that a client receives if the handler returns this one.
async fn failure(error: PutImageError) -> Error<PutImageError> {
    let server = Server::start();
    server.on(move |_: PutImageRequest| {
        let error = error.clone();
        async { Err(error) }
    });
    Client::new(&server.config()).call(&put("a")).await.expect_err("an error")
}

#[tokio::test]
async fn a_call_is_handled_and_recorded() {
    let server = echo();
    let response = Client::new(&server.config()).call(&put("team/app")).await.expect("a response");
    assert_eq!(response.digest.as_deref(), Some("team/app"));

    let [call] = &server.calls()[..] else { panic!("one call") };
    assert_eq!((call.service(), call.operation()), ("TestRegistry_V20150921", "PutImage"));
    assert_eq!((call.method(), call.path(), call.attempt()), ("POST", "/", Some(1)));
    assert_eq!(call.header("Content-Type"), Some("application/x-amz-json-1.1"));
    assert_eq!(call.status(), Some(200));
    let body = br#"{"repositoryName":"team/app","imageManifest":"a manifest"}"#;
    assert_eq!(call.body().map(|body| &body[..]), Some(&body[..]));
    assert_eq!(call.decode(), Ok(put("team/app")));
    let other = call.decode::<PingRequest>().expect_err("another operation").to_string();
    assert_eq!(other, "PutImage: the call is not one of Ping");

    let debug = format!("{call:?} {server:?}");
    assert!(debug.contains("PutImage") && debug.contains("authorization"), "{debug}");
    assert!(!debug.contains("AKIDEXAMPLE") && !debug.contains("team/app"), "{debug}");
}

#[tokio::test]
async fn the_client_receives_the_exception_of_a_handler() {
    let limits = LimitsException { limit: Some(7), code: Some("Detail".to_owned()) };
    let error = failure(PutImageError::LimitsException(limits.clone())).await;
    assert_eq!(error.service(), Some(&PutImageError::LimitsException(limits)));
    assert_eq!((error.status(), error.attempts()), (Some(400), 1));
    assert!(error.request_id().is_some());

    let exists = ImageAlreadyExistsException { message: Some("The image exists.".to_owned()) };
    let error = failure(PutImageError::ImageAlreadyExistsException(exists.clone())).await;
    assert_eq!(error.message(), Some("The image exists."));
    assert_eq!(error.into_service(), Some(PutImageError::ImageAlreadyExistsException(exists)));
}

#[tokio::test]
async fn an_unmodeled_error_keeps_its_status_code_and_message() {
    let mut unmodeled = Unmodeled::new(403);
    unmodeled.code = Some("AccessDeniedException".to_owned());
    unmodeled.message = Some("Not authorized.".to_owned());
    let error = failure(PutImageError::Unmodeled(unmodeled)).await;
    assert_eq!((error.status(), error.attempts()), (Some(403), 1));
    assert_eq!(error.code(), Some("AccessDeniedException"));
    assert_eq!(error.message(), Some("Not authorized."));

    // An invalid status is sent as 500, which clients retry.
    let error = failure(PutImageError::Unmodeled(Unmodeled::new(7))).await;
    assert_eq!((error.status(), error.attempts()), (Some(500), 3));
}

mod query {
    use super::*;

    const QUERY: Service = SERVICE.query_compatible();

    #[derive(Clone, PartialEq)]
    pub struct Gone {
        pub message: Option<String>,
    }
    longshore_runtime::structure!(Gone, Default, { "message" => some_message(message) });
    longshore_runtime::impl_exception!(Gone, "QueueGone" as 503, message);

    pub enum SendError {
        Gone(Gone),
        Unmodeled(Unmodeled),
    }
    longshore_runtime::operation_error!(SendError, Unmodeled, {
        "QueueGone" | "AWS.Queue.Gone" => Gone,
    });

    #[derive(Clone)]
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
async fn an_exception_has_its_modeled_status_and_its_query_protocol_code() {
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
        "authorization: any",
    ];
    let raw = send(server.url(), &head, b"{}");
    assert_eq!(raw.header("x-amzn-errortype"), Some("QueueGone"));
    assert_eq!(raw.header("x-amzn-query-error"), Some("AWS.Queue.Gone;Receiver"));
    assert_eq!(raw.body, r#"{"__type":"QueueGone"}"#);
    assert!(raw.header("date").is_some() && raw.header("x-amzn-requestid").is_some());
}

#[tokio::test]
async fn a_new_handler_replaces_the_previous_one() {
    let server = echo();
    server
        .on(|_: PutImageRequest| async { Ok(PutImageResponse { size: 5, ..Default::default() }) });
    let response = Client::new(&server.config()).call(&put("a")).await.expect("a response");
    assert_eq!((response.digest, response.size), (None, 5));
}

#[tokio::test]
async fn a_server_handles_several_operations() {
    let server = echo();
    server.on(|_: PingRequest| async { Ok::<_, PingError>(()) });
    let client = Client::new(&server.config());
    client.call(&PingRequest).await.expect("a response");
    client.call(&put("a")).await.expect("a response");
    assert_eq!(server.requests::<PutImageRequest>(), [put("a")]);
    assert_eq!(server.requests::<PingRequest>(), [PingRequest]);
}

#[tokio::test]
async fn calls_are_handled_concurrently() {
    const CALLS: usize = 200;
    let server = Server::start();
    let all = Arc::new(Barrier::new(CALLS));
    server.on(move |_: PingRequest| {
        let all = Arc::clone(&all);
        async move {
            // No call returns before all have arrived.
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
fn a_blocking_client_can_call_the_server() {
    let server = echo();
    let client = blocking::Client::new(&server.config());
    assert_eq!(client.call(&put("a")).expect("a response").digest.as_deref(), Some("a"));
}

#[tokio::test(start_paused = true)]
async fn a_paused_clock_does_not_affect_the_server() {
    let server = echo();
    // The clock of the client advances while bytes are in transit, so a limit could end the call.
    let config = server.config_builder().timeouts(Timeouts::none()).build();
    assert!(Client::new(&config).call(&put("a")).await.is_ok());
}

#[tokio::test]
async fn a_handler_can_sleep_and_spawn_tasks() {
    let server = Server::start();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    server.on(move |_: PingRequest| {
        let counted = Arc::clone(&counted);
        async move {
            tokio::time::sleep(Duration::from_millis(1)).await;
            let task = tokio::spawn(async move { counted.fetch_add(1, Ordering::Relaxed) });
            task.await.map(drop).map_err(|_| PingError::Unmodeled(Unmodeled::new(400)))
        }
    });
    Client::new(&server.config()).call(&PingRequest).await.expect("a response");
    assert_eq!(count.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_panic_in_a_handler_fails_the_test_but_not_the_server() {
    let server = echo();
    server.on(|_: PingRequest| async { panic!("there is no {}\n  left: 1", "ping") });
    let client = Client::new(&server.config());
    let error = client.call(&PingRequest).await.expect_err("an error");
    assert_eq!((error.code(), error.attempts()), (Some("UnexpectedCall"), 1));
    client.call(&put("a")).await.expect("a response");
    let expected = "the server at URL was not called as expected:\n\n\
                    1. the handler of Ping panicked: there is no ping\n       left: 1";
    assert_eq!(report(&server), expected);
}

#[tokio::test]
async fn a_server_can_record_less() {
    let server = Server::builder().keep_bodies(60).start().expect("a server");
    server.on(|_: PutImageRequest| async { Ok(PutImageResponse::default()) });
    let client = Client::new(&server.config());
    client.call(&put("a")).await.expect("a response");
    client.call(&put(&"a".repeat(60))).await.expect("a response");
    let kept: Vec<_> = server.calls().iter().map(|call| call.body().is_some()).collect();
    assert_eq!(kept, [true, false]);
    let expected = format!(
        "call 2 to the server at {}: PutImage: the body is longer than the limit of `keep_bodies`",
        server.url()
    );
    assert_eq!(panic_message(|| drop(server.requests::<PutImageRequest>())), expected);

    let server = Server::builder().keep_calls(false).start().expect("a server");
    server.on(|_: PingRequest| async { Ok::<_, PingError>(()) });
    Client::new(&server.config()).call(&PingRequest).await.expect("a response");
    assert!(server.calls().is_empty());
}

#[tokio::test]
async fn dropping_the_last_handle_stops_the_server_and_frees_the_port() {
    let server = echo();
    let (config, address) = (server.config(), server.url().replace("http://", ""));
    let handle = server.clone();
    drop(server);
    let client = Client::new(&config);
    client.call(&put("a")).await.expect("a response");
    let taken = Server::builder().address(address.parse().expect("an address")).start();
    assert!(taken.is_err());
    drop(handle);
    let again = Server::builder().address(address.parse().expect("an address")).start();
    let again = again.expect("a server");
    assert_eq!(again.url(), format!("http://{address}"));
    again.on(|_: PutImageRequest| async { Ok(PutImageResponse::default()) });
    client.call(&put("a")).await.expect("a response");
    drop(again);
    TcpListener::bind(address).expect("a port");
}

#[tokio::test]
async fn a_panicking_test_does_not_panic_again() {
    let server = Server::start();
    let _ = Client::new(&server.config()).call(&PingRequest).await;
    let text = panic_message(|| {
        let _server = server;
        panic!("{}", "its own reason");
    });
    assert_eq!(text, "its own reason");
}

/// Runs itself in another process, with the variable `FAILS`, to capture what it prints.
#[test]
fn a_panicking_test_prints_the_report() {
    const FAILS: &str = "LONGSHORE_TEST_FAILS";
    if std::env::var_os(FAILS).is_some() {
        let server = echo();
        let client = blocking::Client::new(&server.config());
        assert!(client.call(&PingRequest).is_ok(), "its own reason");
    }
    let name = "server::a_panicking_test_prints_the_report";
    let program = std::env::current_exe().expect("a test binary");
    let mut again = std::process::Command::new(program);
    let output = again.args([name, "--exact", "--nocapture"]).env(FAILS, "1").output();
    let output = output.expect("an end");
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && printed.contains("its own reason"), "{printed}");
    let report = "was not called as expected:\n\n1. Ping was called, but it has no handler (`on`) and is not expected (`expect`)";
    assert!(printed.contains(report), "{printed}");
}
