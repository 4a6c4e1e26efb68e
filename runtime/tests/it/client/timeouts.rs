//! Timeouts of attempts and operations, and calls that are dropped.

use std::time::Duration;

use crate::support::server::{CannedResponse, Server};
use crate::support::service::PingRequest;
use crate::support::{TIMER_RESOLUTION, config, ms, timed_client};
use longshore_runtime::{
    BoxFuture, Client, CredentialsFuture, ErrorKind, ProvideCredentials, RetryConfig, TimeoutError,
    Timeouts, Transport, TransportError,
};
use tokio::time::Instant;

fn operation_timeout(limit: u64) -> Timeouts {
    Timeouts::new().operation(ms(limit))
}

#[tokio::test(start_paused = true)]
async fn a_call_within_its_timeouts_succeeds() {
    let limits = operation_timeout(60_000).attempt(ms(50_000));
    let server = Server::start([CannedResponse::ok("")]);
    let (client, _) = timed_client(&server, |config| config.timeouts(limits));
    client.call(&PingRequest).await.expect("a response");
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_times_out_is_retried() {
    let server = Server::start([CannedResponse::never(), CannedResponse::ok("")]);
    let limits = Timeouts::new().attempt(ms(2000));
    let (client, transport) = timed_client(&server, |config| config.timeouts(limits));
    client.call(&PingRequest).await.expect("a response");
    assert_eq!(server.requests().len(), 2);
    assert!(
        transport.durations()[0].abs_diff(ms(2000)) <= TIMER_RESOLUTION,
        "{:?}",
        transport.durations()
    );
    // The stalled connection is not reused.
    assert_eq!(server.requests()[1].connection, 1);
}

#[tokio::test(start_paused = true)]
async fn the_operation_timeout_covers_all_attempts() {
    let server = Server::start([CannedResponse::new(503, &[], ""), CannedResponse::never()]);
    let (client, _) = timed_client(&server, |config| config.timeouts(operation_timeout(7000)));
    let begin = Instant::now();
    let error = client.call(&PingRequest).await.expect_err("an error");
    assert!(begin.elapsed().abs_diff(ms(7000)) <= TIMER_RESOLUTION, "{:?}", begin.elapsed());
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::OperationTimeout, 2));
    assert!(error.is_timeout() && error.is_retryable() && !error.is_throttling());
    assert_eq!((error.status(), error.request_id()), (None, None));
    let source = error.find_cause::<TimeoutError>();
    assert_eq!(source.expect("the limit").limit(), ms(7000));
    assert_eq!(error.to_string(), "Ping: the call took longer than 7s, 2 attempts");
}

#[tokio::test(start_paused = true)]
async fn a_call_ends_at_once_if_the_next_delay_exceeds_the_operation_timeout() {
    let busy = || CannedResponse::new(503, &[("x-amz-retry-after", "4000")], "");
    let server = Server::start([busy(), busy()]);
    let (client, _) = timed_client(&server, |config| config.timeouts(operation_timeout(6000)));
    let begin = Instant::now();
    let error = client.call(&PingRequest).await.expect_err("an error");
    // One delay of 4 s and no second one.
    assert!(begin.elapsed().abs_diff(ms(4000)) <= TIMER_RESOLUTION, "{:?}", begin.elapsed());
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Service, 2));
    assert_eq!(
        error.to_string(),
        "Ping: a response with status 503 and no error code (status 503), 2 attempts, \
         not retried because the operation timeout is near"
    );
}

#[tokio::test(start_paused = true)]
async fn the_operation_timeout_covers_credentials() {
    #[derive(Debug)]
    struct PendingProvider;
    impl ProvideCredentials for PendingProvider {
        fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
            CredentialsFuture::new(std::future::pending())
        }
    }
    let server = Server::start([]);
    let (client, _) = timed_client(&server, |config| {
        config.credentials(PendingProvider).timeouts(operation_timeout(3000).attempt(ms(1000)))
    });
    let error = client.call(&PingRequest).await.expect_err("an error");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::OperationTimeout, 0));
    assert_eq!(error.to_string(), "Ping: the call took longer than 3s");
}

#[tokio::test(start_paused = true)]
async fn zero_and_maximal_timeouts_are_valid() {
    let server = Server::start([CannedResponse::never()]);
    let (client, _) = timed_client(&server, |config| config.timeouts(operation_timeout(0)));
    let error = client.call(&PingRequest).await.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::OperationTimeout);

    let server = Server::start([CannedResponse::ok("")]);
    let endless = Timeouts::new().attempt(Duration::MAX);
    let endless = endless.operation(Duration::MAX);
    let (client, _) = timed_client(&server, |config| config.timeouts(endless));
    client.call(&PingRequest).await.expect("a response");
}

#[test]
fn a_timeout_without_a_runtime_is_an_error_and_not_a_panic() {
    use std::task::{Context, Poll, Waker};
    #[derive(Debug)]
    struct PendingTransport;
    impl Transport for PendingTransport {
        fn send(
            &self,
            _: http::Request<bytes::Bytes>,
        ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
            Box::pin(std::future::pending())
        }
    }
    for limits in [operation_timeout(1000), Timeouts::new().attempt(ms(1000))] {
        let config = config("http://127.0.0.1:1").transport(PendingTransport).timeouts(limits);
        let client = Client::new(&config.build());
        let mut call = Box::pin(client.call(&PingRequest));
        match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Err(error)) => {
                assert_eq!(error.kind(), ErrorKind::Transport);
                assert!(error.to_string().contains("no tokio runtime"), "{error}");
            }
            other => panic!("{other:?}"),
        }
    }
}

/// Runs blocking work on another thread.
async fn blocking(work: impl FnOnce() + Send + 'static) {
    tokio::task::spawn_blocking(work).await.expect("no panic");
}

#[tokio::test]
async fn dropping_a_call_closes_its_connection_and_leaves_no_task() {
    for response in [
        CannedResponse::never(),
        CannedResponse::stalled("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"),
        CannedResponse::stalled("HTTP/1.1 503 OK\r\ncontent-length: 50\r\n\r\n{"),
    ] {
        let server = Server::start([response]);
        let (closing, waiting) = (server.clone(), server.clone());
        let client = Client::new(&config(&server.url).build());
        let call = client.call(&PingRequest);
        tokio::select! {
            response = call => panic!("{response:?}"),
            () = blocking(move || waiting.wait_stalled(1, || false)) => {}
        }
        blocking(move || closing.wait_closed(1)).await;
        drop(client);
        let metrics = tokio::runtime::Handle::current().metrics();
        while metrics.num_alive_tasks() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_during_a_delay_is_not_retried() {
    let server = Server::start([CannedResponse::new(503, &[("x-amz-retry-after", "5000")], "")]);
    let retry = RetryConfig::standard();
    let (client, transport) = timed_client(&server, |config| config.retry(retry));
    // The attempt takes no time on this clock, so this ends during the delay.
    let ended = tokio::time::timeout(ms(2500), client.call(&PingRequest)).await;
    assert!(ended.is_err(), "{ended:?}");
    tokio::time::sleep(ms(60_000)).await;
    assert_eq!((server.requests().len(), transport.durations().len()), (1, 1));
}
