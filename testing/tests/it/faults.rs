//! Faults, as clients experience them.

use std::io::{ErrorKind, Read};
use std::time::Duration;

use longshore_runtime::{Client, Error, RetryConfig, Timeouts};
use longshore_testing::{Fault, Server};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::support::raw::{self, send};
use crate::support::service::{
    PingError, PingRequest, PutImageError, PutImageRequest, PutImageResponse,
};

/// The request line and the headers of a call.
const PING: [&str; 4] = [
    "POST / HTTP/1.1",
    "content-type: application/x-amz-json-1.0",
    "x-amz-target: TestRegistry_V20150921.Ping",
    "authorization: any",
];

/// A server that handles both operations.
fn server() -> Server {
    let server = Server::start();
    server.on(|_: PingRequest| async { Ok::<_, PingError>(()) });
    server.on(|_: PutImageRequest| async {
        Ok::<_, PutImageError>(PutImageResponse { size: 5, ..Default::default() })
    });
    server
}

/// A server that sends a message for each call it has handled.
fn counting() -> (Server, UnboundedReceiver<()>) {
    let server = Server::start();
    let (sender, done) = unbounded_channel();
    server.on(move |_: PingRequest| {
        let sender = sender.clone();
        async move {
            sender.send(()).expect("a receiver");
            Ok::<_, PingError>(())
        }
    });
    (server, done)
}

async fn ping(server: &Server) -> Result<(), Error<PingError>> {
    Client::new(&server.config()).call(&PingRequest).await
}

/// The error of a call with a single attempt.
async fn failure(fault: Fault) -> Error<PutImageError> {
    let server = server();
    server.fault(fault);
    let config = server.config_builder().retry(RetryConfig::disabled()).build();
    let request = PutImageRequest::new("a", "b");
    let error = Client::new(&config).call(&request).await.expect_err("an error");
    assert_eq!((server.calls().len(), server.calls()[0].attempt()), (1, Some(1)));
    error
}

/// The number and the response status of each attempt.
fn attempts(server: &Server) -> Vec<(Option<u32>, Option<u16>)> {
    server.calls().iter().map(|call| (call.attempt(), call.status())).collect()
}

#[tokio::test]
async fn each_fault_causes_its_error() {
    let error = failure(Fault::throttle()).await;
    assert!(error.is_throttling() && error.status() == Some(400), "{error}");
    let error = failure(Fault::status(503)).await;
    assert_eq!((error.status(), error.code(), error.is_retryable()), (Some(503), None, true));
    let error = failure(Fault::error(403, "AccessDenied", "You may not.")).await;
    assert_eq!((error.status(), error.code()), (Some(403), Some("AccessDenied")));
    assert_eq!(error.message(), Some("You may not."));
    let error = failure(Fault::garbage()).await;
    assert_eq!((error.kind(), error.status()), (longshore_runtime::ErrorKind::Decode, Some(200)));
    let error = failure(Fault::truncate()).await;
    assert_eq!(
        (error.kind(), error.status()),
        (longshore_runtime::ErrorKind::Transport, Some(200))
    );
    for fault in [Fault::drop(), Fault::reset()] {
        let error = failure(fault).await;
        assert_eq!(
            (error.kind(), error.status()),
            (longshore_runtime::ErrorKind::Transport, None),
            "{error}"
        );
        assert!(error.is_retryable(), "{error}");
    }
}

#[tokio::test]
async fn each_attempt_triggers_the_next_fault() {
    for fault in
        [Fault::throttle(), Fault::status(500), Fault::drop(), Fault::reset(), Fault::truncate()]
    {
        let server = server();
        server.fault(fault.clone());
        server.fault(Fault::status(500));
        ping(&server).await.expect("a response");
        let attempts = attempts(&server);
        assert_eq!(attempts.len(), 3, "{fault:?}");
        assert_eq!(attempts[1..], [(Some(2), Some(500)), (Some(3), Some(200))], "{fault:?}");
    }
}

#[tokio::test]
async fn a_fault_on_a_reused_connection_is_an_attempt() {
    let server = server();
    ping(&server).await.expect("a response");
    server.fault(Fault::drop());
    ping(&server).await.expect("a response");
    assert_eq!(server.calls().len(), 3);
}

#[tokio::test]
async fn a_fault_can_skip_requests() {
    let server = server();
    server.fault(Fault::status(500).after(2));
    for _ in 0..3 {
        ping(&server).await.expect("a response");
    }
    let status: Vec<_> = server.calls().iter().filter_map(|call| call.status()).collect();
    assert_eq!(status, [200, 200, 500, 200]);
}

#[tokio::test]
async fn faults_of_an_operation_take_precedence() {
    let server = server();
    server.fault(Fault::status(500));
    server.fault_on::<PutImageRequest>(Fault::throttle());
    let client = Client::new(&server.config());
    client.call(&PutImageRequest::new("a", "b")).await.expect("a response");
    client.call(&PingRequest).await.expect("a response");
    assert_eq!(
        attempts(&server),
        [(Some(1), Some(400)), (Some(2), Some(500)), (Some(3), Some(200)), (Some(1), Some(200))]
    );
}

#[tokio::test]
async fn a_long_delay_makes_the_attempt_time_out() {
    let server = server();
    server.fault(Fault::delay(Duration::from_secs(3600)));
    let limit = Duration::from_secs(600);
    let timeouts = Timeouts::none().attempt(limit);
    let client = Client::new(&server.config_builder().timeouts(timeouts).build());
    let time_out = async {
        while server.calls().is_empty() {
            tokio::task::yield_now().await;
        }
        tokio::time::pause();
        tokio::time::advance(limit).await;
        tokio::time::resume();
    };
    let (result, ()) = tokio::join!(client.call(&PingRequest), time_out);
    result.expect("a response");
    assert_eq!(attempts(&server), [(Some(1), None), (Some(2), Some(200))]);
}

#[tokio::test]
async fn a_delayed_call_is_handled() {
    let server = server();
    server.fault(Fault::delay(Duration::from_millis(1)));
    ping(&server).await.expect("a response");
    assert_eq!(attempts(&server), [(Some(1), Some(200))]);
}

#[tokio::test]
async fn a_call_with_a_truncated_response_is_handled() {
    let (server, mut done) = counting();
    server.fault(Fault::truncate());
    server.fault(Fault::drop());
    ping(&server).await.expect("a response");
    let mut count = 0;
    while done.try_recv().is_ok() {
        count += 1;
    }
    assert_eq!(count, 2);
}

#[tokio::test]
async fn a_received_call_is_handled_after_its_client_disconnected() {
    const CALLS: usize = 100;
    let (server, mut done) = counting();
    // Repeated, because request and end of stream may or may not be read together.
    for _ in 0..CALLS {
        server.fault(Fault::delay(Duration::from_millis(50)));
        drop(raw::write(server.url(), &PING, b"{}"));
    }
    for _ in 0..CALLS {
        // A lost call would otherwise block the test forever.
        let one = tokio::time::timeout(Duration::from_secs(20), done.recv()).await;
        assert_eq!(one, Ok(Some(())));
    }
}

#[test]
fn a_reset_differs_from_a_close() {
    let server = server();
    for (fault, expected) in
        [(Fault::drop(), None), (Fault::reset(), Some(ErrorKind::ConnectionReset))]
    {
        server.fault(fault);
        let mut stream = raw::write(server.url(), &PING, b"{}");
        let read = stream.read_to_end(&mut Vec::new());
        assert_eq!(read.err().map(|error| error.kind()), expected);
    }
}

#[test]
fn a_fault_can_set_the_retry_delay() {
    let server = server();
    server.fault(Fault::throttle().retry_after(Duration::from_millis(1500)));
    let raw = send(server.url(), &PING, b"{}");
    assert_eq!(raw.header("x-amz-retry-after"), Some("1500"));
    assert_eq!(raw.header("x-amzn-errortype"), Some("ThrottlingException"));
}

#[test]
fn downloads_have_separate_faults() {
    let server = server();
    server.on_get("/", |_| async { Some("0123456789") });
    server.fault(Fault::status(500));
    server.fault_on_get(Fault::status(403));
    server.fault_on_get(Fault::truncate());
    let get = || send(server.url(), &["GET /layer HTTP/1.1"], b"");
    assert_eq!(get().status, 403);
    let cut = get();
    assert_eq!((cut.status, &*cut.body, cut.header("content-length")), (200, "01234", Some("10")));
    assert_eq!(get().body, "0123456789");
}
