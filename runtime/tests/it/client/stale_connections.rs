//! How often a request is sent if the server closes the connection on which it arrives.

use std::io::{BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use crate::support::config;
use crate::support::idle::wait_until_idle;
use crate::support::server::{CannedResponse, Server, read_request};
use crate::support::service::{PingError, PingRequest};
use longshore_runtime::{
    BoxFuture, Client, Error, HttpTransport, NewConnection, RetryConfig, RetryParameters,
    Transport, TransportError, TransportErrorKind,
};

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

/// A client for which a connection counts as stale no matter how long the machine takes.
fn client(url: &str, retry: RetryConfig) -> Client {
    let transport = HttpTransport::builder().stale_window(Duration::from_secs(3600)).build();
    Client::new(&config(url).retry(retry).transport(transport).build())
}

/// The result of a call whose connection the server closes when it receives the request, and the
/// connection and `amz-sdk-request` header of each request that was received.
async fn call_on_stale_connection(
    retry: RetryConfig,
    then: impl IntoIterator<Item = CannedResponse>,
) -> (Result<(), Error<PingError>>, Vec<(usize, String)>) {
    let first = [CannedResponse::stalled(OK), CannedResponse::raw("")];
    let server = Server::start(first.into_iter().chain(then));
    let client = client(&server.url, retry);
    client.call(&PingRequest).await.expect("a response");
    wait_until_idle().await;
    let result = client.call(&PingRequest).await;
    let sent = server.requests().into_iter();
    let sent = sent.map(|sent| (sent.connection, sent.header("amz-sdk-request").to_owned()));
    (result, sent.collect())
}

fn expected<const N: usize>(max: u32, sent: [(usize, u32); N]) -> Vec<(usize, String)> {
    sent.map(|(connection, attempt)| (connection, format!("attempt={attempt}; max={max}"))).into()
}

#[tokio::test]
async fn with_one_attempt_nothing_is_sent_twice() {
    for retry in [RetryConfig::disabled(), RetryConfig::standard().max_attempts(1)] {
        let (result, sent) = call_on_stale_connection(retry, [CannedResponse::ok("{}")]).await;
        let error = result.expect_err("no second attempt");
        assert_eq!(error.attempts(), 1);
        assert!(error.is_retryable());
        let line = error.to_string();
        assert!(line.starts_with("Ping: the server had closed the idle connection: "), "{line}");
        assert_eq!(sent, expected(1, [(0, 1), (0, 1)]));
    }
}

#[tokio::test]
async fn a_request_on_a_stale_connection_is_sent_again_as_the_next_attempt() {
    let (result, sent) =
        call_on_stale_connection(RetryConfig::standard(), [CannedResponse::ok("{}")]).await;
    result.expect("a response");
    assert_eq!(sent, expected(3, [(0, 1), (0, 1), (1, 2)]));
}

#[tokio::test]
async fn failures_after_a_stale_connection_count_as_usual() {
    let retry = RetryConfig::standard().parameters(RetryParameters::Of2026);
    let closed = || CannedResponse::raw("");
    let (result, sent) =
        call_on_stale_connection(retry, [closed(), CannedResponse::ok("{}")]).await;
    result.expect("a response");
    assert_eq!(sent, expected(3, [(0, 1), (0, 1), (1, 2), (2, 3)]));
    let (result, sent) = call_on_stale_connection(retry, [closed(), closed()]).await;
    assert_eq!(result.expect_err("no response").attempts(), 3);
    assert_eq!(sent, expected(3, [(0, 1), (0, 1), (1, 2), (2, 3)]));
}

#[tokio::test]
async fn resending_takes_tokens() {
    // 500 tokens are enough for 50 attempts after a failed connection. Errors return no tokens.
    const RESENT: usize = 50;
    let refused = || CannedResponse::error_code(400, "ValidationException");
    let round = || [refused(), CannedResponse::raw(""), refused()];
    let server = Server::start((0..=RESENT).flat_map(|_| round()));
    let client = client(&server.url, RetryConfig::standard());
    for _ in 0..RESENT {
        for attempts in [1, 2] {
            let error = client.call(&PingRequest).await.expect_err("an error");
            assert_eq!((error.code(), error.attempts()), (Some("ValidationException"), attempts));
            wait_until_idle().await;
        }
    }
    client.call(&PingRequest).await.expect_err("an error");
    wait_until_idle().await;
    let line = client.call(&PingRequest).await.expect_err("no tokens").to_string();
    assert!(line.ends_with(", not retried because too many calls failed recently"), "{line}");
    assert_eq!(server.requests().len(), RESENT * 3 + 2);
}

/// A server that responds to one request per connection, to the first `together` of them at the
/// same time, and resets the connection when the next request arrives.
fn start_resetting_server(together: usize) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let opened = Arc::new(AtomicUsize::new(0));
    let (count, barrier) = (Arc::clone(&opened), Arc::new(Barrier::new(together)));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let number = count.fetch_add(1, Ordering::SeqCst);
            let barrier = Arc::clone(&barrier);
            thread::spawn(move || {
                let stream = stream.expect("a connection");
                if read_request(&mut BufReader::new(&stream), number).is_none() {
                    return;
                }
                if number < together {
                    barrier.wait();
                }
                (&stream).write_all(OK.as_bytes()).expect("the response is written");
                reset(stream);
            });
        }
    });
    (url, opened)
}

/// Closing a socket with unread data resets the connection.
fn reset(stream: TcpStream) {
    let _ = stream.peek(&mut [0]);
    drop(stream);
}

#[tokio::test]
async fn several_stale_connections_cost_one_attempt() {
    const OPEN: usize = 4;
    let (url, opened) = start_resetting_server(OPEN);
    let client = client(&url, RetryConfig::standard().max_attempts(2));
    let calls = (0..OPEN).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.call(&PingRequest).await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.expect("no panic").expect("a response");
    }
    wait_until_idle().await;
    assert_eq!(opened.load(Ordering::SeqCst), OPEN);
    for retried in 1..=OPEN {
        client.call(&PingRequest).await.expect("a response");
        assert_eq!(opened.load(Ordering::SeqCst), OPEN + retried);
        wait_until_idle().await;
    }
}

#[tokio::test]
async fn a_server_that_closes_after_each_response_receives_each_request_once() {
    const CALLS: usize = 20;
    let server = Server::start((0..CALLS).map(|_| CannedResponse::raw(OK)));
    let client = client(&server.url, RetryConfig::standard());
    for _ in 0..CALLS {
        client.call(&PingRequest).await.expect("a response");
    }
    let mut seen: Vec<_> = server.requests().iter().map(|request| request.connection).collect();
    seen.dedup();
    assert_eq!(seen.len(), CALLS);
}

/// A transport that reports stale connections and records whether a new one was demanded.
#[derive(Debug, Default)]
struct Stale(std::sync::Mutex<Vec<bool>>);

impl Transport for Stale {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
        let demanded = request.extensions().get::<NewConnection>().is_some();
        self.0.lock().expect("the list").push(demanded);
        let error = TransportError::new(TransportErrorKind::StaleConnection, "reset");
        Box::pin(std::future::ready(Err(error)))
    }
}

#[test]
fn any_transport_can_report_a_stale_connection() {
    use std::task::{Context, Poll, Waker};
    let transport = Arc::new(Stale::default());
    let client = Client::new(&config("http://a").transport(Arc::clone(&transport)).build());
    let mut call = Box::pin(client.call(&PingRequest));
    // There is no delay, so this needs no runtime.
    match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Err(error)) => assert_eq!(error.attempts(), 3),
        other => panic!("{other:?}"),
    }
    assert_eq!(*transport.0.lock().expect("the list"), [false, true, true]);
}
