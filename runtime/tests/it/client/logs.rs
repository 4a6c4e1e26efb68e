//! Tests what calls log. There is only one test, because a process has only one global subscriber.

use std::time::Duration;

use crate::support::http_date::http_date;
use crate::support::idle::wait_until_idle;
use crate::support::log_collector::LogCollector;
use crate::support::server::{CannedResponse, ReceivedRequest, Server};
use crate::support::service::{PingRequest, PutImageRequest};
use crate::support::{SECRET, TOKEN, config, process, timed_client};
use longshore_runtime::{Client, Proxies, RetryConfig, Timeouts, Timestamp, blocking};

/// Part of the body of every request and response.
const CONTENT: &str = "the-content-of-a-body";

/// Background threads log as well, so this needs a global subscriber and a separate process.
#[test]
fn the_log_describes_calls_and_contains_no_secret() {
    if process::is_alone(module_path!(), "the_log_describes_calls_and_contains_no_secret") {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().start_paused(true).build().expect("a runtime");
        runtime.block_on(check_log());
    }
}

async fn check_log() {
    let log = LogCollector::default();
    tracing::subscriber::set_global_default(log.clone()).expect("the only log");
    calls_and_attempts_have_spans(&log).await;
    resending_is_logged_as_a_retry(&log).await;
    retries_are_logged_with_their_reason(&log).await;
    clock_skew_is_a_warning(&log).await;
    no_response_reveals_secrets(&log).await;
    proxy_passwords_are_not_logged(&log).await;
}

async fn calls_and_attempts_have_spans(log: &LogCollector) {
    let broken = "HTTP/1.1 200 OK\r\nx-amzn-requestid: id-2\r\ncontent-length: 9\r\n\r\n";
    let server = Server::start([
        CannedResponse::raw(broken),
        CannedResponse::ok(""),
        CannedResponse::raw(""),
        CannedResponse::raw(""),
    ]);
    let retry = RetryConfig::disabled();
    let (client, _) = timed_client(&server, |config| config.retry(retry));
    client.call(&PingRequest).await.expect_err("an error");
    client.call(&PingRequest).await.expect("a response");
    wait_until_idle().await;
    // The connection is closed after the second request, and retries are disabled.
    client.call(&PingRequest).await.expect_err("an error");
    assert_eq!(server.requests().len(), 3);
    let call = "INFO longshore_runtime longshore.call service=\"Test REGISTRY-Public\" \
                operation=\"Ping\" region=\"eu-west-1\"";
    let attempt = "DEBUG longshore_runtime longshore.attempt attempt=1";
    let broken = format!("{attempt} status=200 request_id=\"id-2\"");
    let responded = format!("{attempt} status=200 request_id=\"request-1\"");
    let mut lines = log.runtime_lines();
    lines.retain(|line| !line.contains("message=the call ended"));
    assert_eq!(lines, [call, &broken, call, &responded, call, attempt]);
    log.clear();
}

async fn resending_is_logged_as_a_retry(log: &LogCollector) {
    let ok = || CannedResponse::ok("");
    let server = Server::start([ok(), CannedResponse::raw(""), ok()]);
    let (client, _) = timed_client(&server, |config| config);
    client.call(&PingRequest).await.expect("a response");
    wait_until_idle().await;
    log.clear();
    client.call(&PingRequest).await.expect("a response");
    let lines = log.runtime_lines();
    let event = lines.iter().find(|line| line.contains("message=")).expect("an event");
    assert!(event.contains("message=retrying the call attempt=2 delay_ms=0"), "{event}");
    assert!(event.contains(" reason=\"stale connection\""), "{event}");
    assert_eq!(server.requests().len(), 3);
    log.clear();
}

async fn retries_are_logged_with_their_reason(log: &LogCollector) {
    let responses = [
        (CannedResponse::new(503, &[], ""), "server error"),
        (CannedResponse::new(400, &[("x-amzn-errortype", "SlowDown")], ""), "throttling"),
        (CannedResponse::raw(""), "no response"),
        (CannedResponse::never(), "timeout"),
    ];
    for (response, reason) in responses {
        let server = Server::start([response, CannedResponse::ok("")]);
        let limits = Timeouts::new().attempt(Duration::from_secs(1));
        let (client, _) = timed_client(&server, |config| config.timeouts(limits));
        client.call(&PingRequest).await.expect("a response");
        let event = log
            .runtime_lines()
            .into_iter()
            .find(|line| line.contains("message="))
            .expect("an event");
        assert!(event.starts_with("DEBUG longshore_runtime"), "{event}");
        assert!(event.contains("message=retrying the call"), "{event}");
        assert!(event.contains(" attempt=2 delay_ms="), "{event}");
        assert!(event.contains(&format!(" reason={reason:?} error=")), "{event}");
        log.clear();
    }
}

async fn clock_skew_is_a_warning(log: &LogCollector) {
    let late = Timestamp::now() + Duration::from_secs(3600);
    let date = http_date(late);
    let headers = [("x-amzn-errortype", "InvalidSignatureException"), ("date", date.as_str())];
    let refused = || CannedResponse::new(403, &headers, "");
    let server = Server::start([refused(), refused()]);
    let (client, _) = timed_client(&server, |config| config);
    client.call(&PingRequest).await.expect_err("an error");
    let own = log.runtime_lines();
    let warnings: Vec<_> = own.iter().filter(|line| line.starts_with("WARN ")).collect();
    assert_eq!(warnings.len(), 1, "{own:?}");
    assert!(warnings[0].contains("the local clock is wrong"), "{own:?}");
    log.clear();
}

/// Responses of all kinds, which contain `CONTENT` wherever they can.
fn responses() -> Vec<CannedResponse> {
    let json = format!(r#"{{"digest": "{CONTENT}", "size": 7}}"#);
    let broken = format!(r#"{{"digest": "{CONTENT}", "size": "7""#);
    let headers = [("x-other", CONTENT), ("x-amzn-errortype", "LimitsException")];
    vec![
        CannedResponse::ok(&json),
        CannedResponse::new(200, &[("x-other", CONTENT), ("set-cookie", CONTENT)], &json),
        CannedResponse::ok(broken),
        CannedResponse::ok(CONTENT),
        CannedResponse::new(400, &headers, &json),
        CannedResponse::new(503, &[("x-amz-retry-after", CONTENT)], CONTENT),
        CannedResponse::raw(format!("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{json}")),
        CannedResponse::reset(format!("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{json}")),
        CannedResponse::raw(format!("{CONTENT}\r\n\r\n")),
        CannedResponse::raw(format!("HTTP/1.1 200 OK\r\ncontent-length: {CONTENT}\r\n\r\n")),
        CannedResponse::never(),
    ]
}

async fn no_response_reveals_secrets(log: &LogCollector) {
    let limits = Timeouts::new().attempt(Duration::from_secs(1));
    let last = responses().len();
    for number in 0..last {
        let server = Server::start((0..3).filter_map(|_| responses().into_iter().nth(number)));
        let (client, _) = timed_client(&server, |config| config.timeouts(limits));
        let result = client.call(&PutImageRequest::new("a", CONTENT)).await;
        let shown = result.err().map(|error| printed(&client, &error)).unwrap_or_default();
        let lines = log.lines();
        assert!(lines.iter().any(|line| line.contains("longshore.attempt")), "{lines:?}");
        for secret in secrets(&server.requests()) {
            for line in lines.iter().chain(&shown) {
                assert!(!line.contains(&secret), "response {number}: {line}");
            }
        }
        // Unlike an error, the log contains neither the error messages of services nor headers such as
        // the content type.
        for never in [CONTENT, "application/x-amz-json-1.1", "AWS4-HMAC-SHA256"] {
            assert!(!lines.iter().any(|line| line.contains(never)), "response {number}: {lines:?}");
        }
        log.clear();
    }
}

/// Everything that a program can print about a client and an error.
fn printed(
    client: &Client,
    error: &longshore_runtime::Error<impl std::error::Error>,
) -> Vec<String> {
    vec![format!("{client:?}"), format!("{error:?}"), error.to_string()]
}

/// The secrets in requests: those of the configuration, and the signatures.
fn secrets(requests: &[ReceivedRequest]) -> Vec<String> {
    let signatures = requests.iter().map(|sent| {
        let (_, signature) = sent.header("authorization").split_once("Signature=").expect("one");
        signature.to_owned()
    });
    [SECRET.to_owned(), TOKEN.to_owned()].into_iter().chain(signatures).collect()
}

/// Uses blocking clients, whose calls run on a background thread.
async fn proxy_passwords_are_not_logged(log: &LogCollector) {
    const PASSWORD: &str = "the-password-of-a-proxy";
    let refused = || CannedResponse::new(407, &[("proxy-authenticate", "Basic")], CONTENT);
    for (endpoint, response) in [
        ("http://service.example", CannedResponse::ok("")),
        ("http://service.example", refused()),
        ("https://service.example", refused()),
        ("https://service.example", CannedResponse::raw("")),
    ] {
        let proxy = Server::start([response]);
        let url = proxy.url.replace("//", &format!("//user:{PASSWORD}@"));
        let proxies = Proxies::all(&url).expect("a proxy");
        let retry = RetryConfig::disabled();
        let config = config(endpoint).proxies(proxies).retry(retry).build();
        // Runs on a thread on which the clock is not paused.
        let call = move || blocking::Client::new(&config).call(&PingRequest);
        let result = tokio::task::spawn_blocking(call).await.expect("no panic");
        let shown = result.map_or_else(|error| format!("{error} {error:?}"), |()| String::new());
        let sent = proxy.request();
        let (_, basic) = sent.header("proxy-authorization").split_once(' ').expect("a scheme");
        let lines = log.lines();
        assert!(lines.iter().any(|line| line.contains("longshore.attempt")), "{lines:?}");
        for line in lines.iter().chain([&shown]) {
            for secret in [PASSWORD, basic, SECRET, TOKEN] {
                assert!(!line.contains(secret), "{line}");
            }
        }
        log.clear();
    }
}
