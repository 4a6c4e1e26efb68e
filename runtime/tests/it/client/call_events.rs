//! The events that describe retries and the end of calls.

use std::time::Duration;

use crate::support::closed_port::ClosedPort;
use crate::support::log_collector::ThreadLog;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::{PingRequest, PutImageRequest, SERVICE};
use crate::support::{config, timed_client};
use longshore_runtime::{Client, Config, Operation, RetryConfig, Service, Timeouts, Unmodeled};

/// The events with this message: their text from the message on, without times.
fn events(log: &ThreadLog, message: &str) -> Vec<String> {
    let text = log.text();
    let events = text.lines().filter(|line| line.contains(&format!("message={message}")));
    let without_times = |line: &str| {
        let words = line.split(' ').skip_while(|word| !word.starts_with("message="));
        let words = words
            .filter(|word| !word.starts_with("delay_ms=") && !word.starts_with("duration_ms="));
        words.collect::<Vec<_>>().join(" ")
    };
    events.map(without_times).collect()
}

#[tokio::test(start_paused = true)]
async fn the_event_of_a_retry_has_the_error_that_is_retried() {
    let slow = r#"{"__type":"SlowDown","message":"wait a\nmoment"}"#;
    let table = [
        (
            CannedResponse::new(400, &[("x-amzn-requestid", "id-1")], slow),
            "reason=\"throttling\" error=SlowDown: wait a moment (status 400, request id id-1)",
        ),
        (
            CannedResponse::new(503, &[], "<html>busy</html>"),
            "reason=\"server error\" error=a response with no error code (status 503)",
        ),
        (
            CannedResponse::never(),
            "reason=\"timeout\" error=an attempt took longer than 1s (host HOST)",
        ),
    ];
    for (response, expected) in table {
        let log = ThreadLog::start();
        let server = Server::start([response, CannedResponse::ok("")]);
        let limits = Timeouts::new().attempt(Duration::from_secs(1));
        let (client, _) = timed_client(&server, |config| config.timeouts(limits));
        client.call(&PingRequest).await.expect("a response");
        let host = server.url.trim_start_matches("http://");
        let expected = format!("message=retrying the call attempt=2 {expected}");
        assert_eq!(events(&log, "retrying"), [expected.replace("HOST", host)]);
    }
}

#[tokio::test]
async fn the_event_of_a_retry_has_the_problem_of_the_transport() {
    let log = ThreadLog::start();
    let closed = ClosedPort::new();
    let retry = RetryConfig::standard().max_attempts(2).delays(false);
    let client = Client::new(&config(&closed.url()).retry(retry).build());
    let error = client.call(&PingRequest).await.expect_err("an error").to_string();
    let problem = error.trim_start_matches("Ping: ").trim_end_matches(", 2 attempts");
    let expected =
        format!("message=retrying the call attempt=2 reason=\"no response\" error={problem}");
    assert_eq!(events(&log, "retrying"), [expected]);
}

#[derive(Clone)]
struct SecretRequest {
    name: Option<String>,
}

longshore_runtime::structure!(SecretRequest, Request, {
    "name" => some(name),
});

#[derive(Clone, PartialEq)]
struct BusyException {
    message: Option<String>,
}

longshore_runtime::structure!(BusyException, {
    "message" => some(message),
});
longshore_runtime::impl_exception!(BusyException, "BusyException");

enum SecretError {
    BusyException(BusyException),
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(SecretError, Unmodeled, {
    "BusyException" | "Test.Busy" => BusyException (throttling) where (secret),
});

impl Operation for SecretRequest {
    const NAME: &'static str = "Secret";
    const SERVICE: &'static Service = &SERVICE;
    type Output = ();
    type Error = SecretError;
}

#[tokio::test(start_paused = true)]
async fn a_message_that_is_secret_in_the_model_is_not_logged() {
    let log = ThreadLog::start();
    let busy = |code| {
        let body = format!(r#"{{"__type":"{code}","message":"the key is hunter2"}}"#);
        CannedResponse::new(400, &[], body)
    };
    let server = Server::start([busy("BusyException"), busy("BusyException"), busy("Test.Busy")]);
    let (client, _) = timed_client(&server, |config| config);
    let error = client.call(&SecretRequest { name: None }).await.expect_err("an error");
    let retries = events(&log, "retrying");
    assert_eq!(retries.len(), 2, "{retries:?}");
    assert!(retries[0].ends_with("error=BusyException (status 400)"), "{retries:?}");
    assert!(!log.text().contains("hunter2"), "{}", log.text());
    assert!(!format!("{error} {:?}", error.message()).contains("hunter2"), "{error}");
}

#[tokio::test]
async fn one_event_describes_the_end_of_a_call() {
    let limits = r#"{"__type":"LimitsException","limit":7}"#;
    let unavailable = CannedResponse::unavailable;
    let table = [
        (vec![CannedResponse::ok("{}")], "attempts=1 status=200"),
        (vec![unavailable(), CannedResponse::ok("{}")], "attempts=2 status=200"),
        (
            vec![CannedResponse::new(400, &[], limits)],
            "attempts=1 status=400 error=LimitsException",
        ),
        (vec![unavailable(), unavailable()], "attempts=2 status=503 error=Service"),
        (vec![CannedResponse::raw(""), CannedResponse::raw("")], "attempts=2 error=Transport"),
    ];
    for (responses, expected) in table {
        let log = ThreadLog::start();
        let server = Server::start(responses);
        let retry = RetryConfig::standard().max_attempts(2).delays(false);
        let client = Client::new(&config(&server.url).retry(retry).build());
        let _ = client.call(&PutImageRequest::new("a", "b")).await;
        let expected = format!("message=the call ended operation=\"PutImage\" {expected}");
        assert_eq!(events(&log, "the call ended"), [expected]);
        let text = log.text();
        let event = text.lines().find(|line| line.contains("the call ended")).expect("the event");
        assert!(event.starts_with("DEBUG ") && event.contains(" duration_ms="), "{event}");
    }
}

#[tokio::test]
async fn a_call_that_sends_nothing_ends_with_an_event_too() {
    let log = ThreadLog::start();
    let client = Client::new(&Config::builder().region("r").build());
    client.call(&PingRequest).await.expect_err("no credentials");
    let expected = "message=the call ended operation=\"Ping\" attempts=0 error=Credentials";
    assert_eq!(events(&log, "the call ended"), [expected]);
}
