//! The rate limit of the adaptive retry mode: which calls wait, for how long, and in which order.

use std::future::Future;
use std::task::{Context, Waker};
use std::time::Duration;

use crate::support::log_collector::ThreadLog;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::{PingError, PingRequest, PutImageRequest, SERVICE};
use crate::support::timed_transport::TimedTransport;
use crate::support::{TIMER_RESOLUTION, config, ms, ping_error, timed_client};
use longshore_runtime::intercept::{AttemptRequest, HookResult, Interceptor};
use longshore_runtime::{
    Client, Credentials, CredentialsFuture, ErrorKind, Operation, ProvideCredentials, RetryConfig,
    Service, Timeouts,
};
use tokio::time::Instant;

/// A throttling error. The delay before the retry is exactly one second.
fn throttled() -> CannedResponse {
    let headers = [("x-amzn-errortype", "ThrottlingException"), ("x-amz-retry-after", "1000")];
    CannedResponse::new(400, &headers, "")
}

/// A server that throttles the first request.
fn throttling_server(successes: usize) -> Server {
    let successes = (0..successes).map(|_| CannedResponse::ok("{}"));
    Server::start([throttled()].into_iter().chain(successes))
}

/// A client that makes one attempt per call.
fn adaptive_client(server: &Server) -> (Client, TimedTransport) {
    timed_client(server, |config| config.retry(RetryConfig::adaptive().max_attempts(1)))
}

/// A client that has just been throttled. It may send its next request after two seconds.
async fn throttled_client(server: &Server) -> (Client, TimedTransport) {
    let (client, transport) = adaptive_client(server);
    assert!(ping_error(&client).await.is_throttling());
    (client, transport)
}

fn assert_elapsed(since: Instant, expected: Duration) {
    let elapsed = since.elapsed();
    assert!(elapsed.abs_diff(expected) <= TIMER_RESOLUTION, "{elapsed:?} instead of {expected:?}");
}

async fn ping(client: &Client) {
    client.call(&PingRequest).await.expect("a response");
}

/// The delays were computed with botocore 1.44.8, whose timers are more precise.
#[tokio::test(start_paused = true)]
async fn requests_are_sent_when_botocore_would_send_them() {
    let script = "TSSSSSSSTSSSSSS".chars().map(|response| match response {
        'T' => throttled(),
        _ => CannedResponse::ok(""),
    });
    let server = Server::start(script);
    let (client, transport) = timed_client(&server, |config| config.retry(RetryConfig::adaptive()));
    while server.requests().len() < 15 {
        ping(&client).await;
    }
    let expected = [2000, 625, 284, 284, 141, 141, 141, 91, 1000, 0, 0, 26, 185, 185];
    let delays = transport.delays();
    for (delay, expected) in delays.iter().zip(expected) {
        assert!(delay.abs_diff(ms(expected)) <= 3 * TIMER_RESOLUTION, "{delays:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_call_waits_before_the_first_throttling_error() {
    let unavailable = CannedResponse::new(503, &[("x-amz-retry-after", "1000")], "");
    let server =
        Server::start([unavailable].into_iter().chain((0..20).map(|_| CannedResponse::ok(""))));
    let retry = RetryConfig::adaptive();
    let (client, transport) = timed_client(&server, |config| config.retry(retry));
    let begin = Instant::now();
    for _ in 0..20 {
        ping(&client).await;
    }
    assert_eq!(transport.delays().len(), 20);
    assert_elapsed(begin, ms(1000));
}

#[tokio::test(start_paused = true)]
async fn only_the_adaptive_mode_with_delays_limits_the_rate() {
    let table = [
        (RetryConfig::default(), 1000),
        (RetryConfig::standard(), 1000),
        (RetryConfig::adaptive().delays(false), 0),
        (RetryConfig::adaptive(), 2000),
    ];
    for (retry, expected) in table {
        let server = throttling_server(1);
        let (client, _) = timed_client(&server, |config| config.retry(retry));
        let begin = Instant::now();
        ping(&client).await;
        assert_elapsed(begin, ms(expected));
    }
}

#[tokio::test(start_paused = true)]
async fn clones_of_a_client_share_the_rate_and_other_clients_do_not() {
    let server = throttling_server(3);
    let transport = TimedTransport::new(&server);
    let retry = RetryConfig::adaptive().max_attempts(1);
    let config = config(&server.url).retry(retry).transport(transport.clone()).build();
    let (client, other) = (Client::new(&config), Client::new(&config));
    ping_error(&client).await;
    let begin = Instant::now();
    ping(&other).await;
    assert_elapsed(begin, ms(0));
    ping(&client.clone()).await;
    assert_elapsed(begin, ms(2000));
    ping(&other).await;
    assert_elapsed(begin, ms(2000));
}

/// Puts an image, and returns the time when the response arrived.
async fn put(client: &Client, name: &str) -> Instant {
    client.call(&PutImageRequest::new(name, "manifest")).await.expect("a response");
    Instant::now()
}

#[tokio::test(start_paused = true)]
async fn calls_are_sent_in_the_order_in_which_they_began_to_wait() {
    let server = throttling_server(4);
    let (client, _) = throttled_client(&server).await;
    let (first, _, third, fourth, fifth) = tokio::join!(
        put(&client, "first"),
        tokio::time::timeout(ms(1500), put(&client, "second")),
        put(&client, "third"),
        put(&client, "fourth"),
        put(&client, "fifth"),
    );
    assert!(first < third && third < fourth && fourth < fifth);
    let sent = server.requests();
    let names = ["first", "third", "fourth", "fifth"];
    assert_eq!(sent.len(), 1 + names.len());
    for (request, name) in sent[1..].iter().zip(names) {
        assert!(request.text().contains(name), "{} instead of {name}", request.text());
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_while_it_waits_takes_no_permit() {
    let server = throttling_server(1);
    let (client, _) = throttled_client(&server).await;
    let begin = Instant::now();
    let dropped = tokio::time::timeout(ms(1500), client.call(&PingRequest)).await;
    assert!(dropped.is_err(), "{dropped:?}");
    ping(&client).await;
    assert_elapsed(begin, ms(2000));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_no_longer_polled_does_not_stop_others() {
    let server = throttling_server(2);
    let (client, _) = throttled_client(&server).await;
    let begin = Instant::now();
    let mut stuck = Box::pin(client.call(&PingRequest));
    assert!(stuck.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    // After four seconds there is a permit for the first call, and after six one for the second.
    ping(&client).await;
    assert_elapsed(begin, ms(6000));
    stuck.await.expect("a response");
    assert_elapsed(begin, ms(6000));
}

#[tokio::test(start_paused = true)]
async fn the_operation_timeout_covers_the_wait() {
    let limits = Timeouts::new().operation(ms(1500));
    let server = throttling_server(0);
    let (client, _) = timed_client(&server, |config| {
        config.timeouts(limits).retry(RetryConfig::adaptive().max_attempts(1))
    });
    ping_error(&client).await;
    let begin = Instant::now();
    let error = ping_error(&client).await;
    assert_elapsed(begin, ms(1500));
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::OperationTimeout, 0));
    assert_eq!(error.to_string(), "Ping: the call took longer than 1.5s");
    assert_eq!(server.requests().len(), 1);
}

/// Responses arrive while other calls wait, so the rate rises and the waits become shorter. At the
/// initial rate, the last call would wait for 100 seconds.
#[tokio::test(start_paused = true)]
async fn the_rate_recovers_while_many_calls_wait() {
    let server = throttling_server(50);
    let (client, _) = throttled_client(&server).await;
    let begin = Instant::now();
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let client = client.clone();
        calls.spawn(async move { ping(&client).await });
    }
    calls.join_all().await;
    assert!(begin.elapsed() < ms(20_000), "{:?}", begin.elapsed());
    assert_eq!(server.requests().len(), 51);
}

/// The permit would be available after two seconds.
#[tokio::test(start_paused = true)]
async fn a_retry_whose_permit_would_come_after_the_operation_timeout_is_not_made() {
    let limits = Timeouts::new().operation(ms(1500));
    let server = throttling_server(0);
    let (client, _) =
        timed_client(&server, |config| config.timeouts(limits).retry(RetryConfig::adaptive()));
    let begin = Instant::now();
    let error = ping_error(&client).await;
    // The call ends after the delay, when the wait for the permit would begin.
    assert_elapsed(begin, ms(1000));
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Service, 1));
    assert_eq!(
        error.to_string(),
        "Ping: ThrottlingException (status 400), not retried because the rate limit would delay \
         the retry beyond the operation timeout"
    );
    assert_eq!(server.requests().len(), 1);
}

/// An operation that needs no credentials.
#[derive(Clone)]
struct SignUp {}
longshore_runtime::structure!(SignUp, Request, Default, {});

impl Operation for SignUp {
    const NAME: &'static str = "SignUp";
    const SERVICE: &'static Service = &SERVICE;
    const SIGNED: bool = false;
    type Output = ();
    type Error = PingError;
}

/// A provider that takes half a minute.
#[derive(Debug)]
struct SlowProvider;

impl ProvideCredentials for SlowProvider {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        CredentialsFuture::new(async {
            tokio::time::sleep(ms(30_000)).await;
            Ok(Credentials::new("AKID", "secret", None, None, "test"))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn calls_that_wait_for_credentials_are_not_sent_at_once_afterward() {
    let server = throttling_server(3);
    let retry = RetryConfig::adaptive().max_attempts(1);
    let (client, _) = timed_client(&server, |config| config.retry(retry).credentials(SlowProvider));
    client.call(&SignUp {}).await.expect_err("a throttling error");
    let begin = Instant::now();
    let (first, second, third) =
        tokio::join!(put(&client, "first"), put(&client, "second"), put(&client, "third"));
    let sent = [first - begin, second - begin, third - begin];
    assert!(sent[0].abs_diff(ms(30_000)) <= TIMER_RESOLUTION, "{sent:?}");
    // The first success does not raise the rate, since it is the only request in 30 seconds.
    assert!(sent[1].abs_diff(ms(32_000)) <= TIMER_RESOLUTION, "{sent:?}");
    assert!(sent[2] > ms(33_000), "{sent:?}");
}

/// Fails before the calls of `PutImage` are signed.
#[derive(Debug)]
struct NoImages;

impl Interceptor for NoImages {
    fn before_signing(&self, attempt: &mut AttemptRequest<'_>) -> HookResult {
        if attempt.call().operation() == "PutImage" { Err("no images".into()) } else { Ok(()) }
    }
}

#[tokio::test(start_paused = true)]
async fn a_permit_whose_request_is_not_sent_is_given_back() {
    let server = throttling_server(1);
    let retry = RetryConfig::adaptive().max_attempts(1);
    let (client, _) = timed_client(&server, |config| config.retry(retry).interceptor(NoImages));
    ping_error(&client).await;
    let begin = Instant::now();
    let image = PutImageRequest::new("a", "b");
    for _ in 0..3 {
        let error = client.call(&image).await.expect_err("an error");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Interceptor, 0));
    }
    ping(&client).await;
    assert_elapsed(begin, ms(2000));
}

#[tokio::test(start_paused = true)]
async fn the_number_of_attempts_is_that_of_the_configuration() {
    let server = Server::start((0..5).map(|_| throttled()));
    let retry = RetryConfig::adaptive();
    let (client, transport) = timed_client(&server, |config| config.retry(retry));
    assert_eq!(ping_error(&client).await.attempts(), 3);
    assert_eq!(server.requests().len(), 3);
    let delays = transport.delays();
    assert!(delays.iter().all(|delay| delay.abs_diff(ms(2000)) <= TIMER_RESOLUTION), "{delays:?}");
}

#[tokio::test(start_paused = true)]
async fn events_report_the_rate_and_the_wait() {
    let log = ThreadLog::start();
    let server = throttling_server(1);
    let retry = RetryConfig::adaptive();
    let (client, _) = timed_client(&server, |config| config.retry(retry));
    ping(&client).await;
    let text = log.text();
    let events = text
        .lines()
        .filter(|line| line.contains("longshore_runtime") && line.contains(" message="));
    let events: Vec<_> = events.filter_map(|line| line.split_once(" message=")).collect();
    let starts = [
        "throttled; lowering the rate limit requests_per_second=0.5",
        "retrying the call attempt=2 delay_ms=1000 ",
        "delaying the attempt because of the rate limit attempt=2 delay_ms=",
        "the call ended ",
    ];
    assert_eq!(events.len(), starts.len(), "{text}");
    for ((_, event), start) in events.iter().zip(starts) {
        assert!(event.starts_with(start), "{event}");
    }
}
