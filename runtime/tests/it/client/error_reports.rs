//! Errors in reports that print an error with all of its sources, as `anyhow` and `eyre` do.

use std::error::Error as StdError;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::support::closed_port::ClosedPort;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::{
    ImageAlreadyExistsException, PutImageError, PutImageRequest, SERVICE,
};
use crate::support::{call_error, client_without_retries, config};
use longshore_runtime::wait::{Acceptor, Matcher, State};
use longshore_runtime::{
    Client, Config, ConfigBuilder, ConfigError, CredentialsError, CredentialsFuture, DecodeError,
    EndpointError, Error, ErrorKind, HttpTransport, Operation, OperationError, Partitions,
    ProvideCredentials, Proxies, RetryConfig, Service, TimeoutError, Timeouts, Timestamp,
    Transport, TransportError, Unmodeled, ValidationError, WaitError, Waiter,
};

/// What reports print for an error.
struct Reported {
    name: &'static str,
    /// The `Display` text of the error itself.
    text: String,
    /// One-line and detailed reports of `anyhow` and `eyre`, without a backtrace.
    reports: [String; 4],
}

fn reported(name: &'static str, error: impl StdError + Send + Sync + 'static) -> Reported {
    let (text, error) = (error.to_string(), Arc::new(error));
    let (anyhow, eyre) = (anyhow::Error::new(Arc::clone(&error)), eyre::Report::new(error));
    let reports =
        [format!("{anyhow:#}"), format!("{eyre:#}"), format!("{anyhow:?}"), format!("{eyre:?}")];
    let without_backtrace = |report: String| {
        let end = ["\n\nStack backtrace", "\n\nLocation"].iter().filter_map(|it| report.find(it));
        report[..end.min().unwrap_or(report.len())].to_owned()
    };
    Reported { name, text, reports: reports.map(without_backtrace) }
}

/// Returns the first four words that occur twice in a text.
fn repetition(text: &str) -> Option<String> {
    let words = text.split(|c: char| c.is_whitespace() || ":;,()".contains(c));
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let phrases: Vec<_> = words.windows(4).map(|phrase| phrase.join(" ")).collect();
    let repeated = (1..phrases.len()).find(|index| phrases[..*index].contains(&phrases[*index]));
    repeated.map(|index| phrases[index].clone())
}

/// A request with a constraint.
#[derive(Clone, PartialEq)]
struct PushRequest {
    name: String,
}

longshore_runtime::structure!(PushRequest, Request, {
    "name" => required(name) where (length(2..=5)),
});

enum PushError {
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(PushError, Unmodeled, {});

impl Operation for PushRequest {
    const NAME: &'static str = "Push";
    const SERVICE: &'static Service = &SERVICE;
    type Output = ();
    type Error = PushError;
}

/// A provider whose error has a cause that has a cause.
#[derive(Debug)]
struct FailingProvider;

impl ProvideCredentials for FailingProvider {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        let read = io::Error::new(io::ErrorKind::NotFound, "the token file does not exist");
        let error = anyhow::Error::new(read).context("the identity cannot be read");
        let error = CredentialsError::failed(error);
        CredentialsFuture::ready(Err(error))
    }
}

/// The error of one attempt of `Push` with this configuration.
async fn push_error(config: ConfigBuilder) -> Error<PushError> {
    let config = config.retry(RetryConfig::disabled()).build();
    let request = PushRequest { name: "a".to_owned() };
    Client::new(&config).call(&request).await.expect_err("an error")
}

/// The error of one attempt of `PutImage` that gets this response.
async fn response_error(status: u16, body: &str) -> Error<PutImageError> {
    call_error(CannedResponse::new(status, &[("x-amzn-requestid", "id-1")], body)).await
}

async fn timeout_error(timeouts: Timeouts) -> Error<PushError> {
    let server = Server::start([CannedResponse::never()]);
    push_error(config(&server.url).timeouts(timeouts)).await
}

const SOON: Option<Duration> = Some(Duration::from_millis(20));
const EXISTS: &str = r#"{"__type":"ImageAlreadyExistsException","message":"it is there"}"#;

/// The kind of an error, whether its cause has the type `C`, and its reports.
fn row<C: StdError + 'static>(
    name: &'static str,
    error: Error<impl OperationError>,
) -> (ErrorKind, bool, Reported) {
    (error.kind(), error.find_cause::<C>().is_some(), reported(name, error))
}

/// One error of every kind that needs no special request.
async fn errors_of_calls() -> Vec<(ErrorKind, bool, Reported)> {
    let closed = ClosedPort::new();
    let (elsewhere, proxy) = ("http://service.example", Server::start([]));
    let proxies = Proxies::all(&proxy.url).expect("a proxy");
    let token = Some("two\nlines".to_owned());
    vec![
        row::<ConfigError>("no region", push_error(Config::builder()).await),
        row::<ConfigError>("a bad endpoint", push_error(config("ftp://a")).await),
        row::<CredentialsError>("none", push_error(Config::builder().region("r")).await),
        row::<io::Error>(
            "a provider",
            push_error(config(elsewhere).credentials(FailingProvider)).await,
        ),
        row::<ValidationError>(
            "a constraint",
            push_error(config(elsewhere).validate_requests(true)).await,
        ),
        row::<longshore_runtime::sigv4::SigningError>(
            "a signature",
            push_error(config(elsewhere).static_credentials("a", "b", token)).await,
        ),
        row::<io::Error>("refused", push_error(config(&closed.url())).await),
        row::<TransportError>("a proxy", push_error(config(elsewhere).proxies(proxies)).await),
        row::<TransportError>("no response", call_error(CannedResponse::raw("")).await),
        row::<TransportError>("not HTTP", call_error(CannedResponse::raw("hello\r\n\r\n")).await),
        row::<TransportError>("too early", call_error(cut_response()).await),
        row::<DecodeError>("not JSON", response_error(200, "<html>").await),
        row::<DecodeError>("a string", response_error(200, r#"{"size":"7"}"#).await),
        row::<ImageAlreadyExistsException>("an exception", response_error(400, EXISTS).await),
        row::<Unmodeled>("no exception", response_error(503, "<html>busy</html>").await),
        row::<TimeoutError>("an attempt", timeout_error(Timeouts::new().attempt(SOON)).await),
        row::<TimeoutError>("a call", timeout_error(Timeouts::new().operation(SOON)).await),
        row::<TransportError>("reading", timeout_error(Timeouts::new().read(SOON)).await),
    ]
}

fn cut_response() -> CannedResponse {
    CannedResponse::raw("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{")
}

#[tokio::test]
async fn reports_of_calls_print_nothing_twice() {
    let mut kinds = Vec::new();
    for (kind, has_cause, Reported { name, text, reports }) in errors_of_calls().await {
        assert!(has_cause, "{name}: {text}");
        assert_eq!(repetition(&text), None, "{name}: {text}");
        // The text is complete, and nothing is added to it.
        for report in reports {
            assert_eq!(report, text, "{name}");
        }
        kinds.extend((!kinds.contains(&kind)).then_some(kind));
    }
    assert_eq!(kinds.len(), 9, "{kinds:?}");
}

const ACCEPTORS: &[Acceptor] = &[
    Acceptor(State::Failure, Matcher::ErrorType("ImageAlreadyExistsException")),
    Acceptor(State::Retry, Matcher::Success(true)),
];

async fn wait_error(response: CannedResponse, seconds: u64) -> WaitError<PutImageError> {
    let server = Server::start([response]);
    let client = client_without_retries(&server.url);
    let (request, waiter) = (PutImageRequest::new("a", "b"), Waiter::new("Put", ACCEPTORS));
    let limit = Duration::from_secs(seconds);
    client.wait(&request, &waiter, limit).await.expect_err("an error")
}

/// One error of every other public type, and of every variant that has a cause.
async fn other_errors() -> Vec<Reported> {
    let rejected = || CannedResponse::new(400, &[], EXISTS);
    let exception = || async { response_error(400, EXISTS).await.into_service() };
    let Some(PutImageError::ImageAlreadyExistsException(structure)) = exception().await else {
        panic!("another exception")
    };
    let invalid = PushRequest { name: String::new() }.validate();
    vec![
        reported("a wait that failed", wait_error(rejected(), 60).await),
        reported("a wait whose call failed", wait_error(CannedResponse::unavailable(), 60).await),
        reported("a wait that timed out", wait_error(CannedResponse::ok("{}"), 0).await),
        reported("the error of an operation", exception().await.expect("an exception")),
        reported("an exception", structure),
        reported("an unmodeled error", Unmodeled::new(500)),
        reported("a configuration", Proxies::all("ftp://p").expect_err("no scheme of a proxy")),
        reported("partitions", Partitions::from_json("{").expect_err("not JSON")),
        reported("endpoint rules", EndpointError::new("no rule matches")),
        reported("a time", "now".parse::<Timestamp>().expect_err("not a time")),
        reported("a constraint", invalid.expect_err("too short")),
    ]
}

#[tokio::test]
async fn reports_of_other_errors_print_nothing_twice() {
    for Reported { name, text, reports } in other_errors().await {
        assert_eq!(repetition(&text), None, "{name}: {text}");
        for report in reports {
            assert_eq!(report, text, "{name}");
        }
    }
}

/// A transport error is not complete on its own: its source says what went wrong.
#[tokio::test]
async fn the_sources_of_a_transport_error_print_nothing_twice() {
    let closed = ClosedPort::new();
    for url in [closed.url(), Server::start([]).url] {
        let request = http::Request::post(&url).body(bytes::Bytes::new()).expect("a request");
        let error = HttpTransport::new().send(request).await.expect_err("an error");
        let Reported { text, reports, .. } = reported("a transport", error);
        for report in reports {
            assert!(report.starts_with(&text) && report.len() > text.len(), "{report}");
            assert_eq!(repetition(&report), None, "{report}");
        }
    }
}
