//! Which calls are retried, how often, and what each attempt sends.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::support::closed_port::ClosedPort;
use crate::support::server::{CannedResponse, ReceivedRequest, Server};
use crate::support::service::{PingRequest, PutImageRequest};
use crate::support::{assert_delays, config, ping_error, timed_client};
use longshore_runtime::{
    BoxFuture, Client, Credentials, CredentialsError, CredentialsFuture, ErrorKind,
    ProvideCredentials, RetryConfig, Transport, TransportError,
};

#[tokio::test(start_paused = true)]
async fn server_errors_are_attempted_three_times() {
    for status in [500, 502, 503, 504] {
        let server = Server::start((0..4).map(|_| CannedResponse::new(status, &[], "")));
        let (client, transport) = timed_client(&server, |config| config);
        let error = ping_error(&client).await;
        assert_eq!((error.attempts(), error.status()), (3, Some(status)));
        assert_eq!(server.requests().len(), 3);
        assert_delays(&transport.delays(), &[1000, 2000]);
        assert_eq!(
            error.to_string(),
            format!(
                "Ping: a response with status {status} and no error code (status {status}), \
                 3 attempts"
            )
        );
    }
}

#[tokio::test(start_paused = true)]
async fn throttling_is_retried_for_any_status() {
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
        let server = Server::start((0..3).map(|_| CannedResponse::error_code(400, throttling)));
        let (client, transport) = timed_client(&server, |config| config);
        let error = ping_error(&client).await;
        assert_eq!((error.attempts(), error.code()), (3, Some(throttling)));
        assert!(error.is_throttling() && error.is_retryable());
        assert_delays(&transport.delays(), &[1000, 2000]);
        let end = "(status 400, request id id-1), 3 attempts";
        assert_eq!(error.to_string(), format!("Ping: {throttling} {end}"));
    }
}

#[tokio::test(start_paused = true)]
async fn request_timeouts_of_the_service_are_retried() {
    for late in ["RequestTimeout", "RequestTimeoutException"] {
        let server = Server::start([CannedResponse::error_code(400, late), CannedResponse::ok("")]);
        timed_client(&server, |config| config).0.call(&PingRequest).await.expect("a response");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn codes_marked_as_retryable_by_the_model_are_retried() {
    use crate::support::retryable_operation::RetryableRequest;
    for (marked, throttling) in [("BusyException", true), ("LaterException", false)] {
        let server = Server::start((0..3).map(|_| CannedResponse::error_code(400, marked)));
        let client = timed_client(&server, |config| config).0;
        let error = client.call(&RetryableRequest).await.expect_err("an error");
        assert_eq!((error.attempts(), error.is_throttling()), (3, throttling));
        assert!(error.is_retryable());

        // The codes of one operation do not affect others.
        let server = Server::start([CannedResponse::error_code(400, marked)]);
        let error = ping_error(&timed_client(&server, |config| config).0).await;
        assert_eq!((error.attempts(), error.is_retryable()), (1, false));
    }
}

#[tokio::test(start_paused = true)]
async fn permanent_errors_are_not_retried() {
    let table = [
        CannedResponse::error_code(400, "ValidationException"),
        CannedResponse::error_code(403, "AccessDeniedException"),
        CannedResponse::error_code(403, "InvalidSignatureException"),
        CannedResponse::error_code(404, "RepositoryNotFoundException"),
        CannedResponse::new(429, &[], ""),
        CannedResponse::new(501, &[], ""),
        CannedResponse::new(307, &[("location", "http://127.0.0.1:1/")], ""),
        CannedResponse::raw("this is not HTTP\r\n\r\n"),
        CannedResponse::raw("HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n"),
        CannedResponse::raw("HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n{"),
    ];
    for response in table {
        let server = Server::start([response, CannedResponse::ok("")]);
        let error = ping_error(&timed_client(&server, |config| config).0).await;
        assert_eq!((error.attempts(), server.requests().len()), (1, 1), "{error}");
        assert!(!error.to_string().contains("attempt"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_connection_is_attempted_three_times() {
    let port = ClosedPort::new();
    let server = Server::start([]);
    let (client, transport) = timed_client(&server, |config| config.endpoint_url(port.url()));
    let error = ping_error(&client).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 3));
    assert_delays(&transport.delays(), &[1000, 2000]);
    let line = error.to_string();
    assert!(line.starts_with("Ping: could not connect: "), "{line}");
    assert!(line.ends_with(&format!(" (host {}), 3 attempts", port.address)), "{line}");
}

#[tokio::test(start_paused = true)]
async fn the_second_attempt_can_succeed() {
    for first in [
        CannedResponse::unavailable(),
        CannedResponse::raw(""),
        CannedResponse::reset(""),
        CannedResponse::raw("HTTP/1.1 200 O"),
    ] {
        let server = Server::start([first, CannedResponse::ok(r#"{"size":7}"#)]);
        let (client, transport) = timed_client(&server, |config| config);
        let response = client.call(&PutImageRequest::new("a", "b")).await.expect("a response");
        assert_eq!(response.size, 7);
        assert_delays(&transport.delays(), &[1000]);
    }
}

#[tokio::test(start_paused = true)]
async fn each_attempt_sends_the_same_request_with_a_new_signature() {
    let server = Server::start([
        CannedResponse::unavailable(),
        CannedResponse::unavailable(),
        CannedResponse::ok(""),
    ]);
    let (client, _) = timed_client(&server, |config| config);
    client.call(&PutImageRequest::new("a", "b")).await.expect("a response");
    let sent = server.requests();
    for (number, request) in (1..).zip(&sent) {
        assert_eq!(request.header("amz-sdk-request"), format!("attempt={number}; max=3"));
        assert_eq!(request.body, sent[0].body);
        let id = |request: &ReceivedRequest| request.header("amz-sdk-invocation-id").to_owned();
        assert_eq!(id(request), id(&sent[0]));
        assert_eq!(request.headers.len(), sent[0].headers.len());
    }
    let signatures = [0, 1, 2].map(|number: usize| sent[number].header("authorization"));
    assert!(signatures[0] != signatures[1] && signatures[1] != signatures[2]);
}

/// A provider whose access key contains the number of the call, or which has no credentials.
#[derive(Debug, Default)]
struct CountingProvider {
    calls: Arc<AtomicU32>,
    none: bool,
}

impl ProvideCredentials for CountingProvider {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        let calls = self.calls.fetch_add(1, Ordering::Relaxed);
        CredentialsFuture::ready(if self.none {
            Err(CredentialsError::not_configured("the session is over"))
        } else {
            Ok(Credentials::new(format!("KEY{calls}"), "secret", None, None, "test"))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_are_requested_once_per_call_even_if_there_are_none() {
    let server = Server::start([
        CannedResponse::unavailable(),
        CannedResponse::unavailable(),
        CannedResponse::ok(""),
    ]);
    let provider = CountingProvider::default();
    let calls = Arc::clone(&provider.calls);
    let (client, _) = timed_client(&server, |config| config.credentials(provider));
    client.call(&PingRequest).await.expect("a response");
    for (number, request) in server.requests().iter().enumerate() {
        assert!(request.header("authorization").contains("Credential=KEY0/"), "{number}");
    }
    assert_eq!(calls.load(Ordering::Relaxed), 1);

    let server = Server::start([]);
    let provider = CountingProvider { none: true, ..CountingProvider::default() };
    let calls = Arc::clone(&provider.calls);
    let error = ping_error(&timed_client(&server, |config| config.credentials(provider)).0).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credentials, 0));
    assert_eq!(error.to_string(), "Ping: no credentials: the session is over");
    assert_eq!(calls.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn retries_can_be_disabled() {
    let server = Server::start([CannedResponse::unavailable(), CannedResponse::ok("")]);
    let (client, _) = timed_client(&server, |config| config.retry(RetryConfig::disabled()));
    let error = ping_error(&client).await;
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    assert_eq!(server.requests()[0].header("amz-sdk-request"), "attempt=1; max=1");
    assert!(error.is_retryable());
}

#[test]
fn without_a_runtime_a_call_is_not_retried_and_does_not_panic() {
    use std::task::{Context, Poll, Waker};
    #[derive(Debug)]
    struct Busy;
    impl Transport for Busy {
        fn send(
            &self,
            _: http::Request<bytes::Bytes>,
        ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
            let response = http::Response::builder().status(503).body(bytes::Bytes::new());
            Box::pin(std::future::ready(Ok(response.expect("a response"))))
        }
    }
    let client = Client::new(&config("http://127.0.0.1:1").transport(Busy).build());
    let mut call = Box::pin(client.call(&PingRequest));
    match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Err(error)) => {
            assert_eq!(error.attempts(), 1);
            assert!(
                error.to_string().ends_with(", not retried because there is no tokio runtime here"),
                "{error}"
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_is_encoded_once() {
    use crate::support::retryable_operation::{ENCODED, RetryableRequest};
    let server = Server::start([
        CannedResponse::unavailable(),
        CannedResponse::unavailable(),
        CannedResponse::ok(""),
    ]);
    let before = ENCODED.get();
    timed_client(&server, |config| config).0.call(&RetryableRequest).await.expect("a response");
    assert_eq!((server.requests().len(), ENCODED.get() - before), (3, 1));
}
