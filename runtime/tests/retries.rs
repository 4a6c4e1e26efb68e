//! Which calls are attempted again, how often, after which delays, and what every attempt carries.

mod support;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use longshore_runtime::{
    Client, ConfigBuilder, Credentials, CredentialsError, Error, ErrorKind, ProvideCredentials,
    RetryConfig, RetryParameters,
};
use support::observed::Observed;
use support::server::{Reply, Server};
use support::service::{PingError, PingRequest, PutImageRequest};
use support::{config, observed};

/// Timers fire on whole milliseconds.
const GRAIN: Duration = Duration::from_millis(2);

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn same(config: ConfigBuilder) -> ConfigBuilder {
    config
}

fn code(status: u16, code: &str) -> Reply {
    Reply::new(status, &[("x-amzn-errortype", code), ("x-amzn-requestid", "id-1")], "")
}

fn busy() -> Reply {
    Reply::new(503, &[], "")
}

async fn ping(client: &Client) -> Error<PingError> {
    client.call(&PingRequest).await.expect_err("an error")
}

fn within(delays: &[Duration], longest: &[u64]) {
    assert_eq!(delays.len(), longest.len(), "{delays:?}");
    for (delay, longest) in delays.iter().zip(longest) {
        assert!(*delay <= ms(*longest) + GRAIN, "{delays:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn errors_of_a_server_are_asked_again_up_to_three_times() {
    for status in [500, 502, 503, 504] {
        let server = Server::start((0..4).map(|_| Reply::new(status, &[], "")));
        let (client, observed) = observed(&server, same);
        let error = ping(&client).await;
        assert_eq!((error.attempts(), error.status()), (3, Some(status)));
        assert_eq!(server.requests().len(), 3);
        within(&observed.delays(), &[1000, 2000]);
        assert_eq!(
            error.to_string(),
            format!(
                "Ping: an answer of status {status} without an error code (status {status}), \
                 3 attempts"
            )
        );
    }
}

#[tokio::test(start_paused = true)]
async fn throttling_is_asked_again_whatever_its_status() {
    for throttling in [
        "Throttling",
        "ThrottlingException",
        "ThrottledException",
        "RequestThrottledException",
        "TooManyRequestsException",
        "ProvisionedThroughputExceededException",
        "TransactionInProgressException",
        "RequestLimitExceeded",
        "BandwidthLimitExceeded",
        "LimitExceededException",
        "RequestThrottled",
        "SlowDown",
        "PriorRequestNotComplete",
        "EC2ThrottledException",
    ] {
        let server = Server::start((0..3).map(|_| code(400, throttling)));
        let (client, observed) = observed(&server, same);
        let error = ping(&client).await;
        assert_eq!((error.attempts(), error.code()), (3, Some(throttling)));
        assert!(error.is_throttling() && error.is_retryable());
        within(&observed.delays(), &[1000, 2000]);
        let end = "(status 400, request id id-1), 3 attempts";
        assert_eq!(error.to_string(), format!("Ping: {throttling} {end}"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_took_the_service_too_long_is_sent_again() {
    for late in ["RequestTimeout", "RequestTimeoutException"] {
        let server = Server::start([code(400, late), Reply::ok("")]);
        observed(&server, same).0.call(&PingRequest).await.expect("an answer");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn codes_that_the_model_marks_are_asked_again() {
    use support::marked::MarkedRequest;
    for (marked, throttling) in [("BusyException", true), ("LaterException", false)] {
        let server = Server::start((0..3).map(|_| code(400, marked)));
        let client = observed(&server, same).0;
        let error = client.call(&MarkedRequest).await.expect_err("an error");
        assert_eq!((error.attempts(), error.is_throttling()), (3, throttling));
        assert!(error.is_retryable());

        // What one operation marks says nothing about another one.
        let server = Server::start([code(400, marked)]);
        let error = ping(&observed(&server, same).0).await;
        assert_eq!((error.attempts(), error.is_retryable()), (1, false));
    }
}

#[tokio::test(start_paused = true)]
async fn errors_that_cannot_change_are_asked_once() {
    let table = [
        code(400, "ValidationException"),
        code(403, "AccessDeniedException"),
        code(403, "InvalidSignatureException"),
        code(404, "RepositoryNotFoundException"),
        Reply::new(429, &[], ""),
        Reply::new(501, &[], ""),
        Reply::new(307, &[("location", "http://127.0.0.1:1/")], ""),
        Reply::raw("this is not HTTP\r\n\r\n"),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n"),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n{"),
    ];
    for reply in table {
        let server = Server::start([reply, Reply::ok("")]);
        let error = ping(&observed(&server, same).0).await;
        assert_eq!((error.attempts(), server.requests().len()), (1, 1), "{error}");
        assert!(!error.to_string().contains("attempt"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_listening_is_asked_three_times() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = free.local_addr().expect("an address");
    drop(free);
    let server = Server::start([]);
    let (client, observed) =
        observed(&server, |config| config.endpoint_url(format!("http://{address}")));
    let error = ping(&client).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 3));
    within(&observed.delays(), &[1000, 2000]);
    let line = error.to_string();
    assert!(line.starts_with("Ping: could not connect: "), "{line}");
    assert!(line.ends_with(&format!(" (host {address}), 3 attempts")), "{line}");
}

#[tokio::test(start_paused = true)]
async fn the_second_attempt_may_be_the_one_that_succeeds() {
    for first in [busy(), Reply::raw(""), Reply::reset(""), Reply::raw("HTTP/1.1 200 O")] {
        let server = Server::start([first, Reply::ok(r#"{"size":7}"#)]);
        let (client, observed) = observed(&server, same);
        let answer = client.call(&PutImageRequest::new("a", "b")).await.expect("an answer");
        assert_eq!(answer.size, 7);
        within(&observed.delays(), &[1000]);
    }
}

#[tokio::test(start_paused = true)]
async fn delays_are_random_up_to_a_limit_that_doubles() {
    fastrand::seed(7);
    let server = Server::start((0..160).map(|_| busy()));
    let longest = [1000, 2000, 4000, 8000, 16000, 20000, 20000];
    let mut largest = [Duration::ZERO; 7];
    for _ in 0..20 {
        let retry = RetryConfig::standard().with_max_attempts(8);
        let (client, observed) = observed(&server, |config| config.retry(retry));
        assert_eq!(ping(&client).await.attempts(), 8);
        let delays = observed.delays();
        within(&delays, &longest);
        for (largest, delay) in largest.iter_mut().zip(delays) {
            *largest = delay.max(*largest);
        }
    }
    for (largest, longest) in largest.iter().zip(longest) {
        assert!(*largest > ms(longest / 2), "{largest:?} of {longest}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_newer_parameters_wait_less_unless_it_is_throttling() {
    let retry = RetryConfig::standard().with_parameters(RetryParameters::Of2026);
    for (reply, longest) in
        [(busy as fn() -> Reply, [50, 100]), (|| code(400, "SlowDown"), [1000, 2000])]
    {
        fastrand::seed(7);
        let server = Server::start((0..60).map(|_| reply()));
        let mut sum = Duration::ZERO;
        for _ in 0..20 {
            let (client, observed) = observed(&server, |config| config.retry(retry));
            ping(&client).await;
            within(&observed.delays(), &longest);
            sum += observed.delays().iter().sum::<Duration>();
        }
        // Around 10 times the sum of both.
        assert!(sum > ms(5 * (longest[0] + longest[1])), "{sum:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_may_ask_for_a_longer_delay_within_bounds() {
    let table = [
        ("3000", 3000..=3000),
        ("0", 0..=1000),
        ("60000", 5000..=6000),
        ("18446744073709551615", 5000..=6000),
        // None of these is a number of milliseconds.
        ("", 0..=1000),
        ("-5000", 0..=1000),
        ("3e3", 0..=1000),
        ("5000.0", 0..=1000),
        ("99999999999999999999", 0..=1000),
        ("Fri, 21 Nov 2025 00:00:00 GMT", 0..=1000),
        ("5 s", 0..=1000),
        ("\u{fc}", 0..=1000),
    ];
    for (value, expected) in table {
        let first = Reply::new(503, &[("x-amz-retry-after", value)], "");
        let server = Server::start([first, Reply::ok("")]);
        let (client, observed) = observed(&server, same);
        client.call(&PingRequest).await.expect("an answer");
        let delay = observed.delays()[0];
        let (least, most) = (ms(*expected.start()), ms(*expected.end()) + GRAIN);
        assert!((least..=most).contains(&delay), "{value:?}: {delay:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_attempt_is_the_same_request_signed_anew() {
    let server = Server::start([busy(), busy(), Reply::ok("")]);
    let (client, _) = observed(&server, same);
    client.call(&PutImageRequest::new("a", "b")).await.expect("an answer");
    let sent = server.requests();
    for (number, request) in (1..).zip(&sent) {
        assert_eq!(request.header("amz-sdk-request"), format!("attempt={number}; max=3"));
        assert_eq!(request.body, sent[0].body);
        let id = |request: &support::server::Captured| {
            request.header("amz-sdk-invocation-id").to_owned()
        };
        assert_eq!(id(request), id(&sent[0]));
        assert_eq!(request.headers.len(), sent[0].headers.len());
    }
    let signatures = [0, 1, 2].map(|number: usize| sent[number].header("authorization"));
    assert!(signatures[0] != signatures[1] && signatures[1] != signatures[2]);
}

/// Whose access key tells how often it was asked, and which may have nothing left to give.
#[derive(Debug, Default)]
struct Counting {
    asked: AtomicU32,
    last: Option<u32>,
}

impl ProvideCredentials for Counting {
    fn provide_credentials<'a>(
        &'a self,
    ) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        use aws_credential_types::provider::future;
        let asked = self.asked.fetch_add(1, Ordering::Relaxed);
        future::ProvideCredentials::ready(if self.last.is_some_and(|last| asked > last) {
            Err(CredentialsError::not_loaded("the session is over"))
        } else {
            Ok(Credentials::new(format!("KEY{asked}"), "secret", None, None, "test"))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_are_asked_for_again_for_every_attempt() {
    let server = Server::start([busy(), busy(), Reply::ok("")]);
    let (client, _) = observed(&server, |config| config.credentials(Counting::default()));
    client.call(&PingRequest).await.expect("an answer");
    for (number, request) in server.requests().iter().enumerate() {
        let key = format!("Credential=KEY{number}/");
        assert!(request.header("authorization").contains(&key), "{number}");
    }

    let server = Server::start([busy(), busy(), Reply::ok("")]);
    let provider = Counting { last: Some(0), ..Counting::default() };
    let error = ping(&observed(&server, |config| config.credentials(provider)).0).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credentials, 1));
    assert_eq!(
        error.to_string(),
        "Ping: no credentials: the credential provider was not enabled: the session is over"
    );
}

#[tokio::test(start_paused = true)]
async fn retries_can_be_switched_off() {
    let server = Server::start([busy(), Reply::ok("")]);
    let (client, _) = observed(&server, |config| config.retry(RetryConfig::disabled()));
    let error = ping(&client).await;
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    assert_eq!(server.requests()[0].header("amz-sdk-request"), "attempt=1; max=1");
    assert!(error.is_retryable());
}

/// A client whose calls are attempted up to 1,000 times, without delays worth mentioning.
fn stubborn(server: &Server) -> (Client, Observed) {
    let retry = RetryConfig::standard().with_max_attempts(1000);
    observed(server, |config| config.retry(retry))
}

#[tokio::test(start_paused = true)]
async fn an_empty_bucket_ends_a_call_and_is_shared_by_clones() {
    let server = Server::start((0..104).map(|_| busy()));
    let (client, _) = stubborn(&server);
    let error = ping(&client).await;
    // The first one, and the 100 that 500 tokens pay for.
    assert_eq!(error.attempts(), 101);
    assert_eq!(
        error.to_string(),
        "Ping: an answer of status 503 without an error code (status 503), 101 attempts, \
         not repeated because too many calls failed lately"
    );
    let error = ping(&client.clone()).await;
    assert_eq!(error.attempts(), 1);
    assert!(error.to_string().ends_with(", not repeated because too many calls failed lately"));
    // Another client has a bucket of its own.
    let (other, _) =
        observed(&server, |config| config.retry(RetryConfig::standard().with_max_attempts(2)));
    assert_eq!(ping(&other).await.attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn connections_that_fail_cost_ten_tokens() {
    let server = Server::start((0..60).map(|_| Reply::raw("")));
    let error = ping(&stubborn(&server).0).await;
    assert_eq!(error.attempts(), 51);
}

#[tokio::test(start_paused = true)]
async fn successes_fill_the_bucket_again() {
    let drained = (0..101).map(|_| busy());
    let refilled = (0..5).map(|_| Reply::ok(""));
    let again = [busy(), Reply::ok(""), busy(), busy(), Reply::ok("")];
    let server = Server::start(drained.chain(refilled).chain(again));
    let (client, _) = stubborn(&server);
    assert_eq!(ping(&client).await.attempts(), 101);
    for _ in 0..5 {
        client.call(&PingRequest).await.expect("an answer");
    }
    // Five successes pay for one attempt, and its success gives the five back, for one more.
    client.call(&PingRequest).await.expect("an answer");
    assert_eq!(ping(&client).await.attempts(), 2);
}

#[test]
fn without_a_runtime_there_is_no_waiting_and_no_panic() {
    use std::task::{Context, Poll, Waker};
    #[derive(Debug)]
    struct Busy;
    impl longshore_runtime::Transport for Busy {
        fn send(
            &self,
            _: http::Request<bytes::Bytes>,
        ) -> longshore_runtime::BoxFuture<
            '_,
            Result<http::Response<bytes::Bytes>, longshore_runtime::TransportError>,
        > {
            let answer = http::Response::builder().status(503).body(bytes::Bytes::new());
            Box::pin(std::future::ready(Ok(answer.expect("an answer"))))
        }
    }
    let client = Client::new(&config("http://127.0.0.1:1").transport(Busy).build());
    let mut call = Box::pin(client.call(&PingRequest));
    match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Err(error)) => {
            assert_eq!(error.attempts(), 1);
            assert!(error.to_string().ends_with("no tokio runtime to wait in"), "{error}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_is_encoded_once() {
    use support::marked::{MarkedRequest, WRITTEN};
    let server = Server::start([busy(), busy(), Reply::ok("")]);
    observed(&server, same).0.call(&MarkedRequest).await.expect("an answer");
    assert_eq!((server.requests().len(), WRITTEN.get()), (3, 1));
}
