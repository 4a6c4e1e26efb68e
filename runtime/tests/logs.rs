//! What a log is told of calls, and that no secret is among it. One test, because a process has one
//! log.

mod support;

use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use longshore_runtime::{Client, Proxies, RetryConfig, Timeouts, blocking};
use support::log::Log;
use support::server::{Captured, Reply, Server};
use support::service::{PingRequest, PutImageRequest};
use support::{SECRET, TOKEN, config, observed};

/// In the body of every request, and in every answer.
const CONTENT: &str = "the-content-of-a-body";

#[tokio::test(start_paused = true)]
async fn a_log_tells_what_happened_and_no_secret() {
    let log = Log::default();
    tracing::subscriber::set_global_default(log.clone()).expect("the only log");
    a_call_has_a_span_and_each_attempt_one(&log).await;
    further_attempts_are_told_with_their_reason(&log).await;
    a_wrong_clock_is_a_warning(&log).await;
    no_secret_is_told_whatever_happens(&log).await;
    no_password_of_a_proxy_is_told(&log).await;
}

async fn a_call_has_a_span_and_each_attempt_one(log: &Log) {
    let broken = "HTTP/1.1 200 OK\r\nx-amzn-requestid: id-2\r\ncontent-length: 9\r\n\r\n";
    let server = Server::start([Reply::raw(broken), Reply::ok(""), Reply::raw(""), Reply::raw("")]);
    let retry = RetryConfig::disabled();
    let (client, _) = observed(&server, |config| config.retry(retry));
    client.call(&PingRequest).await.expect_err("an error");
    client.call(&PingRequest).await.expect("an answer");
    // The connection comes back to the pool, which a task of its own does.
    tokio::time::sleep(Duration::from_millis(100)).await;
    client.call(&PingRequest).await.expect_err("an error");
    let call = "INFO longshore_runtime::trace longshore.call service=\"Test REGISTRY-Public\" \
                operation=\"Ping\" region=\"eu-west-1\"";
    let attempt = "DEBUG longshore_runtime::trace longshore.attempt attempt=1";
    let broken = format!("{attempt} status=200 request_id=\"id-2\"");
    let answered = format!("{attempt} status=200 request_id=\"request-1\"");
    let again = "DEBUG longshore_runtime::trace message=the connection had been closed; sending the \
                 request again over a new one";
    assert_eq!(log.own(), [call, &broken, call, &answered, call, attempt, again]);
    log.clear();
}

async fn further_attempts_are_told_with_their_reason(log: &Log) {
    let answers = [
        (Reply::new(503, &[], ""), "server error"),
        (Reply::new(400, &[("x-amzn-errortype", "SlowDown")], ""), "throttling"),
        (Reply::raw(""), "no response"),
        (Reply::never(), "timeout"),
    ];
    for (answer, reason) in answers {
        let server = Server::start([answer, Reply::ok("")]);
        let limits = Timeouts::new().with_attempt(Some(Duration::from_secs(1)));
        let (client, _) = observed(&server, |config| config.timeouts(limits));
        client.call(&PingRequest).await.expect("an answer");
        let event = log.own().into_iter().find(|line| line.contains("message=")).expect("an event");
        assert!(event.starts_with("DEBUG longshore_runtime::trace"), "{event}");
        assert!(event.contains("message=retrying the call"), "{event}");
        assert!(event.contains(" attempt=2 delay_ms="), "{event}");
        assert!(event.ends_with(&format!(" reason={reason:?}")), "{event}");
        log.clear();
    }
}

async fn a_wrong_clock_is_a_warning(log: &Log) {
    let late = DateTime::from_secs(DateTime::from(SystemTime::now()).secs() + 3600);
    let date = late.fmt(Format::HttpDate).expect("a date");
    let headers = [("x-amzn-errortype", "InvalidSignatureException"), ("date", date.as_str())];
    let refused = || Reply::new(403, &headers, "");
    let server = Server::start([refused(), refused()]);
    let (client, _) = observed(&server, |config| config);
    client.call(&PingRequest).await.expect_err("an error");
    let own = log.own();
    let warnings: Vec<_> = own.iter().filter(|line| line.starts_with("WARN ")).collect();
    assert_eq!(warnings.len(), 1, "{own:?}");
    assert!(warnings[0].contains("the local clock is wrong"), "{own:?}");
    log.clear();
}

/// Every answer that a call can have, with the content of a body wherever there is a place for it.
fn answers() -> Vec<Reply> {
    let json = format!(r#"{{"digest": "{CONTENT}", "size": 7}}"#);
    let broken = format!(r#"{{"digest": "{CONTENT}", "size": "7""#);
    let headers = [("x-other", CONTENT), ("x-amzn-errortype", "LimitsException")];
    vec![
        Reply::ok(&json),
        Reply::new(200, &[("x-other", CONTENT), ("set-cookie", CONTENT)], &json),
        Reply::ok(broken),
        Reply::ok(CONTENT),
        Reply::new(400, &headers, &json),
        Reply::new(503, &[("x-amz-retry-after", CONTENT)], CONTENT),
        Reply::raw(format!("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{json}")),
        Reply::reset(format!("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{json}")),
        Reply::raw(format!("{CONTENT}\r\n\r\n")),
        Reply::raw(format!("HTTP/1.1 200 OK\r\ncontent-length: {CONTENT}\r\n\r\n")),
        Reply::never(),
    ]
}

async fn no_secret_is_told_whatever_happens(log: &Log) {
    let limits = Timeouts::new().with_attempt(Some(Duration::from_secs(1)));
    let last = answers().len();
    for number in 0..last {
        let server = Server::start((0..3).filter_map(|_| answers().into_iter().nth(number)));
        let (client, _) = observed(&server, |config| config.timeouts(limits));
        let result = client.call(&PutImageRequest::new("a", CONTENT)).await;
        let shown = result.err().map(|error| told(&client, &error)).unwrap_or_default();
        let lines = log.lines();
        assert!(lines.iter().any(|line| line.contains("longshore.attempt")), "{lines:?}");
        for secret in secrets(&server.requests()) {
            for line in lines.iter().chain(&shown) {
                assert!(!line.contains(&secret), "answer {number}: {line}");
            }
        }
        // An error may show what a service said in an error. The log does not even do that, and it has
        // no header, as that one is which every request carries.
        for never in [CONTENT, "application/x-amz-json-1.1", "AWS4-HMAC-SHA256"] {
            assert!(!lines.iter().any(|line| line.contains(never)), "answer {number}: {lines:?}");
        }
        log.clear();
    }
}

/// What a program would print of its client and of an error.
fn told(client: &Client, error: &longshore_runtime::Error<impl std::error::Error>) -> Vec<String> {
    vec![format!("{client:?}"), format!("{error:?}"), error.to_string()]
}

/// The secrets of requests: those of the configuration, and each signature.
fn secrets(requests: &[Captured]) -> Vec<String> {
    let signatures = requests.iter().map(|sent| {
        let (_, signature) = sent.header("authorization").split_once("Signature=").expect("one");
        signature.to_owned()
    });
    [SECRET.to_owned(), TOKEN.to_owned()].into_iter().chain(signatures).collect()
}

/// Also where there is no async runtime around a call.
async fn no_password_of_a_proxy_is_told(log: &Log) {
    const PASSWORD: &str = "the-password-of-a-proxy";
    let refused = || Reply::new(407, &[("proxy-authenticate", "Basic")], CONTENT);
    for (endpoint, answer) in [
        ("http://service.example", Reply::ok("")),
        ("http://service.example", refused()),
        ("https://service.example", refused()),
        ("https://service.example", Reply::raw("")),
    ] {
        let proxy = Server::start([answer]);
        let url = proxy.url.replace("//", &format!("//user:{PASSWORD}@"));
        let proxies = Proxies::all(&url).expect("a proxy");
        let retry = RetryConfig::disabled();
        let config = config(endpoint).proxies(proxies).retry(retry).build();
        // On a thread whose clock runs.
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
