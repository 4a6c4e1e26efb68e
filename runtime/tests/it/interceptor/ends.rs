//! The ends of calls and attempts that are canceled, or that fail without a response.

use super::recorder::Recorder;
use crate::support::closed_port::ClosedPort;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::{PingRequest, PutImageRequest};
use crate::support::{config, ms, timed_client};
use longshore_runtime::{Client, Config, RetryConfig, Timeouts};

const START: [&str; 3] = ["call_started Ping", "before_signing 1", "before_sending 1"];

#[tokio::test]
async fn a_call_that_is_dropped_ends_as_canceled() {
    let server = Server::start([CannedResponse::never()]);
    let recorder = Recorder::new("");
    let client = Client::new(&config(&server.url).interceptor(recorder.clone()).build());
    let call = tokio::spawn(async move { client.call(&PingRequest).await.is_ok() });
    let waiting = server.clone();
    let stalled = tokio::task::spawn_blocking(move || waiting.wait_stalled(1, || false));
    stalled.await.expect("a request");
    call.abort();
    assert!(call.await.expect_err("aborted").is_cancelled());
    let ends = ["attempt_ended 1 canceled", "call_ended 1 canceled"];
    assert_eq!(recorder.lines(), [&START[..], &ends].concat());
}

#[tokio::test(start_paused = true)]
async fn the_operation_timeout_cancels_the_attempt() {
    let server = Server::start([CannedResponse::never()]);
    let recorder = Recorder::new("");
    let timeouts = Timeouts::new().operation(ms(5000));
    let configure = |config: longshore_runtime::ConfigBuilder| config.timeouts(timeouts);
    let client = timed_client(&server, |config| configure(config).interceptor(recorder.clone())).0;
    client.call(&PingRequest).await.expect_err("an error");
    let ends = ["attempt_ended 1 canceled", "call_ended 1 OperationTimeout retryable timeout"];
    assert_eq!(recorder.lines(), [&START[..], &ends].concat());
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_times_out_has_failed() {
    let server = Server::start([CannedResponse::never()]);
    let recorder = Recorder::new("");
    let timeouts = Timeouts::new().attempt(ms(5000));
    let client = timed_client(&server, |config| {
        config.timeouts(timeouts).retry(RetryConfig::disabled()).interceptor(recorder.clone())
    });
    client.0.call(&PingRequest).await.expect_err("an error");
    let ends = [
        "attempt_ended 1 AttemptTimeout retryable timeout",
        "call_ended 1 AttemptTimeout retryable timeout",
    ];
    assert_eq!(recorder.lines(), [&START[..], &ends].concat());
}

#[tokio::test]
async fn a_refused_connection_is_a_failure_of_the_transport() {
    let port = ClosedPort::new();
    let recorder = Recorder::new("");
    let config = config(&port.url()).retry(RetryConfig::disabled()).interceptor(recorder.clone());
    Client::new(&config.build()).call(&PingRequest).await.expect_err("an error");
    let ends = ["attempt_ended 1 Transport retryable", "call_ended 1 Transport retryable"];
    assert_eq!(recorder.lines(), [&START[..], &ends].concat());
}

#[tokio::test]
async fn a_response_that_cannot_be_decoded_fails_only_the_call() {
    let server = Server::start([CannedResponse::ok("[")]);
    let recorder = Recorder::new("");
    let client = Client::new(&config(&server.url).interceptor(recorder.clone()).build());
    client.call(&PutImageRequest::new("a", "b")).await.expect_err("an error");
    let lines = recorder.lines();
    assert_eq!(lines[lines.len() - 2..], ["attempt_ended 1 200", "call_ended 1 Decode"]);
}

#[tokio::test]
async fn a_call_without_credentials_has_no_attempt() {
    let server = Server::start([]);
    let recorder = Recorder::new("");
    let config = Config::builder().region("r-1").endpoint_url(&server.url);
    let client = Client::new(&config.interceptor(recorder.clone()).build());
    client.call(&PingRequest).await.expect_err("an error");
    assert_eq!(recorder.lines(), ["call_started Ping", "call_ended 0 Credentials"]);
    assert!(server.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_while_it_waits_for_the_rate_limit_has_no_attempt() {
    let server = Server::start([CannedResponse::error_code(400, "SlowDown")]);
    let recorder = Recorder::new("");
    let retry = RetryConfig::adaptive().max_attempts(1);
    let client =
        timed_client(&server, |config| config.retry(retry).interceptor(recorder.clone())).0;
    client.call(&PingRequest).await.expect_err("an error");
    let ended = tokio::time::timeout(ms(1500), client.call(&PingRequest)).await;
    assert!(ended.is_err(), "{ended:?}");
    assert_eq!(recorder.lines()[START.len() + 2..], ["call_started Ping", "call_ended 0 canceled"]);
}
