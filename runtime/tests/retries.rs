//! Which calls are attempted again, how often, and what every attempt carries.

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use longshore_runtime::{
    BoxFuture, Client, Credentials, CredentialsError, ErrorKind, ProvideCredentials, RetryConfig,
    Transport, TransportError,
};
use support::server::{Captured, Reply, Server};
use support::service::{PingRequest, PutImageRequest};
use support::{assert_within, config, observed, ping};

#[tokio::test(start_paused = true)]
async fn errors_of_a_server_are_asked_again_up_to_three_times() {
    for status in [500, 502, 503, 504] {
        let server = Server::start((0..4).map(|_| Reply::new(status, &[], "")));
        let (client, observed) = observed(&server, |config| config);
        let error = ping(&client).await;
        assert_eq!((error.attempts(), error.status()), (3, Some(status)));
        assert_eq!(server.requests().len(), 3);
        assert_within(&observed.delays(), &[1000, 2000]);
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
        let server = Server::start((0..3).map(|_| Reply::code(400, throttling)));
        let (client, observed) = observed(&server, |config| config);
        let error = ping(&client).await;
        assert_eq!((error.attempts(), error.code()), (3, Some(throttling)));
        assert!(error.is_throttling() && error.is_retryable());
        assert_within(&observed.delays(), &[1000, 2000]);
        let end = "(status 400, request id id-1), 3 attempts";
        assert_eq!(error.to_string(), format!("Ping: {throttling} {end}"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_took_the_service_too_long_is_sent_again() {
    for late in ["RequestTimeout", "RequestTimeoutException"] {
        let server = Server::start([Reply::code(400, late), Reply::ok("")]);
        observed(&server, |config| config).0.call(&PingRequest).await.expect("an answer");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn codes_that_the_model_marks_are_asked_again() {
    use support::marked::MarkedRequest;
    for (marked, throttling) in [("BusyException", true), ("LaterException", false)] {
        let server = Server::start((0..3).map(|_| Reply::code(400, marked)));
        let client = observed(&server, |config| config).0;
        let error = client.call(&MarkedRequest).await.expect_err("an error");
        assert_eq!((error.attempts(), error.is_throttling()), (3, throttling));
        assert!(error.is_retryable());

        // What one operation marks says nothing about another one.
        let server = Server::start([Reply::code(400, marked)]);
        let error = ping(&observed(&server, |config| config).0).await;
        assert_eq!((error.attempts(), error.is_retryable()), (1, false));
    }
}

#[tokio::test(start_paused = true)]
async fn errors_that_cannot_change_are_asked_once() {
    let table = [
        Reply::code(400, "ValidationException"),
        Reply::code(403, "AccessDeniedException"),
        Reply::code(403, "InvalidSignatureException"),
        Reply::code(404, "RepositoryNotFoundException"),
        Reply::new(429, &[], ""),
        Reply::new(501, &[], ""),
        Reply::new(307, &[("location", "http://127.0.0.1:1/")], ""),
        Reply::raw("this is not HTTP\r\n\r\n"),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n"),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n{"),
    ];
    for reply in table {
        let server = Server::start([reply, Reply::ok("")]);
        let error = ping(&observed(&server, |config| config).0).await;
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
    assert_within(&observed.delays(), &[1000, 2000]);
    let line = error.to_string();
    assert!(line.starts_with("Ping: could not connect: "), "{line}");
    assert!(line.ends_with(&format!(" (host {address}), 3 attempts")), "{line}");
}

#[tokio::test(start_paused = true)]
async fn the_second_attempt_may_be_the_one_that_succeeds() {
    for first in [Reply::busy(), Reply::raw(""), Reply::reset(""), Reply::raw("HTTP/1.1 200 O")] {
        let server = Server::start([first, Reply::ok(r#"{"size":7}"#)]);
        let (client, observed) = observed(&server, |config| config);
        let answer = client.call(&PutImageRequest::new("a", "b")).await.expect("an answer");
        assert_eq!(answer.size, 7);
        assert_within(&observed.delays(), &[1000]);
    }
}

#[tokio::test(start_paused = true)]
async fn every_attempt_is_the_same_request_signed_anew() {
    let server = Server::start([Reply::busy(), Reply::busy(), Reply::ok("")]);
    let (client, _) = observed(&server, |config| config);
    client.call(&PutImageRequest::new("a", "b")).await.expect("an answer");
    let sent = server.requests();
    for (number, request) in (1..).zip(&sent) {
        assert_eq!(request.header("amz-sdk-request"), format!("attempt={number}; max=3"));
        assert_eq!(request.body, sent[0].body);
        let id = |request: &Captured| request.header("amz-sdk-invocation-id").to_owned();
        assert_eq!(id(request), id(&sent[0]));
        assert_eq!(request.headers.len(), sent[0].headers.len());
    }
    let signatures = [0, 1, 2].map(|number: usize| sent[number].header("authorization"));
    assert!(signatures[0] != signatures[1] && signatures[1] != signatures[2]);
}

/// Whose access key tells how often it was asked, and which may have nothing left to give.
#[derive(Debug, Default)]
struct Counting {
    asked: Arc<AtomicU32>,
    none: bool,
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
        future::ProvideCredentials::ready(if self.none {
            Err(CredentialsError::not_loaded("the session is over"))
        } else {
            Ok(Credentials::new(format!("KEY{asked}"), "secret", None, None, "test"))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_is_asked_once_for_all_attempts_and_not_again_where_it_has_none() {
    let server = Server::start([Reply::busy(), Reply::busy(), Reply::ok("")]);
    let provider = Counting::default();
    let asked = Arc::clone(&provider.asked);
    let (client, _) = observed(&server, |config| config.credentials(provider));
    client.call(&PingRequest).await.expect("an answer");
    for (number, request) in server.requests().iter().enumerate() {
        assert!(request.header("authorization").contains("Credential=KEY0/"), "{number}");
    }
    assert_eq!(asked.load(Ordering::Relaxed), 1);

    let server = Server::start([]);
    let provider = Counting { none: true, ..Counting::default() };
    let asked = Arc::clone(&provider.asked);
    let error = ping(&observed(&server, |config| config.credentials(provider)).0).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credentials, 0));
    assert_eq!(error.to_string(), "Ping: no credentials: the session is over");
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn retries_can_be_switched_off() {
    let server = Server::start([Reply::busy(), Reply::ok("")]);
    let (client, _) = observed(&server, |config| config.retry(RetryConfig::disabled()));
    let error = ping(&client).await;
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    assert_eq!(server.requests()[0].header("amz-sdk-request"), "attempt=1; max=1");
    assert!(error.is_retryable());
}

#[test]
fn without_a_runtime_there_is_no_waiting_and_no_panic() {
    use std::task::{Context, Poll, Waker};
    #[derive(Debug)]
    struct Busy;
    impl Transport for Busy {
        fn send(
            &self,
            _: http::Request<bytes::Bytes>,
        ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
            let answer = http::Response::builder().status(503).body(bytes::Bytes::new());
            Box::pin(std::future::ready(Ok(answer.expect("an answer"))))
        }
    }
    let client = Client::new(&config("http://127.0.0.1:1").transport(Busy).build());
    let mut call = Box::pin(client.call(&PingRequest));
    match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Err(error)) => {
            assert_eq!(error.attempts(), 1);
            assert!(error.to_string().ends_with("no tokio runtime to wait on"), "{error}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_is_encoded_once() {
    use support::marked::{MarkedRequest, WRITTEN};
    let server = Server::start([Reply::busy(), Reply::busy(), Reply::ok("")]);
    observed(&server, |config| config).0.call(&MarkedRequest).await.expect("an answer");
    assert_eq!((server.requests().len(), WRITTEN.get()), (3, 1));
}
