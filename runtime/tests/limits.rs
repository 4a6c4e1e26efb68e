//! Limits of time, and calls that are dropped.

mod support;

use std::error::Error as _;
use std::time::Duration;

use longshore_runtime::{
    BoxFuture, Client, ErrorKind, ProvideCredentials, RetryConfig, TimeoutError, Timeouts,
    Transport, TransportError,
};
use support::server::{Reply, Server};
use support::service::PingRequest;
use support::{GRAIN, config, ms, observed};
use tokio::time::Instant;

fn operation(limit: u64) -> Timeouts {
    Timeouts::new().with_operation(Some(ms(limit)))
}

#[tokio::test(start_paused = true)]
async fn an_attempt_within_its_limit_is_not_disturbed() {
    let limits = operation(60_000).with_attempt(Some(ms(50_000)));
    let server = Server::start([Reply::ok("")]);
    let (client, _) = observed(&server, |config| config.timeouts(limits));
    client.call(&PingRequest).await.expect("an answer");
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_takes_too_long_is_followed_by_another_one() {
    let server = Server::start([Reply::never(), Reply::ok("")]);
    let limits = Timeouts::new().with_attempt(Some(ms(2000)));
    let (client, observed) = observed(&server, |config| config.timeouts(limits));
    client.call(&PingRequest).await.expect("an answer");
    assert_eq!(server.requests().len(), 2);
    assert!(observed.durations()[0].abs_diff(ms(2000)) <= GRAIN, "{:?}", observed.durations());
    // The connection on which nothing came is not used again.
    assert_eq!(server.requests()[1].connection, 1);
}

#[tokio::test(start_paused = true)]
async fn the_limit_of_a_call_is_for_all_of_it() {
    fastrand::seed(7);
    let server = Server::start([Reply::new(503, &[], ""), Reply::never()]);
    let (client, _) = observed(&server, |config| config.timeouts(operation(7000)));
    let begin = Instant::now();
    let error = client.call(&PingRequest).await.expect_err("an error");
    assert!(begin.elapsed().abs_diff(ms(7000)) <= GRAIN, "{:?}", begin.elapsed());
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::OperationTimeout, 2));
    assert!(error.is_timeout() && error.is_retryable() && !error.is_throttling());
    assert_eq!((error.status(), error.request_id()), (None, None));
    let source = error.source().and_then(|source| source.downcast_ref::<TimeoutError>());
    assert_eq!(source.expect("the limit").limit(), ms(7000));
    assert_eq!(error.to_string(), "Ping: the call took longer than 7s, 2 attempts");
}

#[tokio::test(start_paused = true)]
async fn a_delay_that_does_not_fit_ends_the_call_at_once() {
    let busy = || Reply::new(503, &[("x-amz-retry-after", "4000")], "");
    let server = Server::start([busy(), busy()]);
    let (client, _) = observed(&server, |config| config.timeouts(operation(6000)));
    let begin = Instant::now();
    let error = client.call(&PingRequest).await.expect_err("an error");
    // One delay of 4 s, and no second one.
    assert!(begin.elapsed().abs_diff(ms(4000)) <= GRAIN, "{:?}", begin.elapsed());
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Service, 2));
    assert_eq!(
        error.to_string(),
        "Ping: a response with status 503 and no error code (status 503), 2 attempts, \
         not retried because the operation timeout is near"
    );
}

#[tokio::test(start_paused = true)]
async fn the_limit_of_a_call_covers_its_credentials() {
    #[derive(Debug)]
    struct Stuck;
    impl ProvideCredentials for Stuck {
        fn provide_credentials<'a>(
            &'a self,
        ) -> aws_credential_types::provider::future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            aws_credential_types::provider::future::ProvideCredentials::new(std::future::pending())
        }
    }
    let server = Server::start([]);
    let (client, _) = observed(&server, |config| {
        config.credentials(Stuck).timeouts(operation(3000).with_attempt(Some(ms(1000))))
    });
    let error = client.call(&PingRequest).await.expect_err("an error");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::OperationTimeout, 0));
    assert_eq!(error.to_string(), "Ping: the call took longer than 3s");
}

#[tokio::test(start_paused = true)]
async fn limits_of_no_time_and_of_all_time_are_limits() {
    let server = Server::start([Reply::never()]);
    let (client, _) = observed(&server, |config| config.timeouts(operation(0)));
    let error = client.call(&PingRequest).await.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::OperationTimeout);

    let server = Server::start([Reply::ok("")]);
    let endless = Timeouts::new().with_attempt(Some(Duration::MAX));
    let endless = endless.with_operation(Some(Duration::MAX));
    let (client, _) = observed(&server, |config| config.timeouts(endless));
    client.call(&PingRequest).await.expect("an answer");
}

#[test]
fn a_limit_without_a_runtime_is_an_error_and_no_panic() {
    use std::task::{Context, Poll, Waker};
    #[derive(Debug)]
    struct Nothing;
    impl Transport for Nothing {
        fn send(
            &self,
            _: http::Request<bytes::Bytes>,
        ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
            Box::pin(std::future::pending())
        }
    }
    for limits in [operation(1000), Timeouts::new().with_attempt(Some(ms(1000)))] {
        let config = config("http://127.0.0.1:1").transport(Nothing).timeouts(limits);
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

/// Waits for something that another thread does.
async fn blocking(work: impl FnOnce() + Send + 'static) {
    tokio::task::spawn_blocking(work).await.expect("it happened");
}

#[tokio::test]
async fn a_dropped_call_closes_its_connection_and_leaves_nothing_behind() {
    for reply in [
        Reply::never(),
        Reply::unfinished("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"),
        Reply::unfinished("HTTP/1.1 503 OK\r\ncontent-length: 50\r\n\r\n{"),
    ] {
        let server = Server::start([reply]);
        let (closing, waiting) = (server.clone(), server.clone());
        let client = Client::new(&config(&server.url).build());
        let call = client.call(&PingRequest);
        tokio::select! {
            answer = call => panic!("{answer:?}"),
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
async fn a_call_that_is_dropped_while_it_waits_is_not_attempted_again() {
    let server = Server::start([Reply::new(503, &[("x-amz-retry-after", "5000")], "")]);
    let retry = RetryConfig::standard();
    let (client, observed) = observed(&server, |config| config.retry(retry));
    // The attempt takes no time on this clock, so this ends in the middle of the delay.
    let ended = tokio::time::timeout(ms(2500), client.call(&PingRequest)).await;
    assert!(ended.is_err(), "{ended:?}");
    tokio::time::sleep(ms(60_000)).await;
    assert_eq!((server.requests().len(), observed.durations().len()), (1, 1));
}
