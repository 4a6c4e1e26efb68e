//! Secret members in the path and query of a request do not appear in logs or errors.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::time::Duration;

use longshore_runtime::{
    Client, Error, Operation, Proxies, RetryConfig, Service, Timeouts, Unmodeled,
};

use crate::support::closed_port::ClosedPort;
use crate::support::log_collector::LogCollector;
use crate::support::rest_service::SERVICE;
use crate::support::server::{CannedResponse, Server};
use crate::support::{client, client_without_retries, config, process, timed_client};

/// The prefixes of the secret values, which percent-encoding does not change.
const SECRETS: [&str; 2] = ["code-of-a-coupon", "password-of-a-user"];

enum RedeemError {
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(RedeemError, Unmodeled, {});

#[derive(Clone)]
struct RedeemRequest {
    code: String,
    password: Option<String>,
    labels: Option<BTreeMap<String, String>>,
}
longshore_runtime::structure!(RedeemRequest, Request, {
    "code" => required(code) at label("code") where secret (),
    "password" => some(password) at query("password") where secret (),
    "labels" => some(labels) at prefix_headers("X-Label-") where secret (),
});

impl Operation for RedeemRequest {
    const NAME: &'static str = "Redeem";
    const SERVICE: &'static Service = &SERVICE;
    type Output = ();
    type Error = RedeemError;

    longshore_runtime::rest_json!(POST "/codes/{code}");
}

fn request() -> RedeemRequest {
    let [code, password] = SECRETS;
    let (code, password) = (format!("{code}/ \u{e4}"), Some(format!("{password}&=")));
    RedeemRequest { code, password, labels: None }
}

#[test]
fn secret_labels_and_parameters_are_in_no_log_and_no_error() {
    if process::is_alone(module_path!(), "secret_labels_and_parameters_are_in_no_log_and_no_error")
    {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().start_paused(true).build().expect("a runtime");
        runtime.block_on(async {
            let log = LogCollector::default();
            tracing::subscriber::set_global_default(log.clone()).expect("the only log");
            responses_reveal_nothing(&log).await;
            // A paused clock advances while a connection opens, so attempts would time out.
            tokio::time::resume();
            failed_connections_reveal_nothing(&log).await;
            unusable_urls_reveal_nothing(&log).await;
        });
    }
}

/// Calls the operation and checks the log and the error. Returns the error message, or an empty
/// string if the call succeeds.
async fn check(log: &LogCollector, client: &Client, request: &RedeemRequest) -> String {
    let result = client.call(request).await;
    let error = result.err().map(|error| shown(&error)).unwrap_or_default();
    let lines = log.lines();
    assert!(lines.iter().any(|line| line.contains("longshore.call")), "{lines:?}");
    for line in lines.iter().chain(&error) {
        for secret in SECRETS {
            assert!(!line.contains(secret), "{line}");
        }
    }
    log.clear();
    error.into_iter().next().unwrap_or_default()
}

/// All texts that a program can print for an error and its sources.
fn shown(error: &Error<RedeemError>) -> Vec<String> {
    let mut texts = vec![error.to_string(), format!("{error:?}")];
    let mut source = error.source();
    while let Some(cause) = source {
        texts.extend([cause.to_string(), format!("{cause:?}")]);
        source = cause.source();
    }
    texts
}

/// Creates a response, which may use these headers.
type Respond = fn(&[(&str, &str)]) -> CannedResponse;

async fn responses_reveal_nothing(log: &LogCollector) {
    let elsewhere = format!("http://127.0.0.1/codes/{}", SECRETS[0]);
    let moved = [("location", elsewhere.as_str())];
    let responses: [Respond; 8] = [
        |_| CannedResponse::ok(""),
        |_| CannedResponse::ok("{"),
        |moved| CannedResponse::new(301, moved, ""),
        |_| CannedResponse::new(404, &[("x-amzn-errortype", "Gone")], r#"{"message":"gone"}"#),
        |_| CannedResponse::new(503, &[], "<html>"),
        |_| CannedResponse::raw("no HTTP\r\n\r\n"),
        |_| CannedResponse::reset(""),
        |_| CannedResponse::never(),
    ];
    for response in responses {
        let server = Server::start((0..3).map(|_| response(&moved)));
        let limits = Timeouts::new().attempt(Duration::from_secs(1));
        let (client, _) = timed_client(&server, |config| config.timeouts(limits));
        check(log, &client, &request()).await;
        let sent = server.requests();
        let line = &sent.first().expect("a request").line;
        assert!(SECRETS.iter().all(|secret| line.contains(secret)), "{line}");
    }
}

async fn failed_connections_reveal_nothing(log: &LogCollector) {
    let port = ClosedPort::new();
    check(log, &client_without_retries(&port.url()), &request()).await;
    let plain = Server::start([CannedResponse::raw("plain text")]);
    let secure = plain.url.replace("http:", "https:");
    check(log, &client_without_retries(&secure), &request()).await;
    // The request line for a proxy contains the whole URL.
    for (endpoint, status) in
        [("http://shop.example", 200), ("http://shop.example", 407), ("https://shop.example", 502)]
    {
        let proxy = Server::start([CannedResponse::new(status, &[], "")]);
        let proxies = Proxies::all(&proxy.url).expect("a proxy");
        let config = config(endpoint).proxies(proxies).retry(RetryConfig::disabled());
        check(log, &Client::new(&config.build()), &request()).await;
        assert_eq!(proxy.requests().len(), 1);
    }
}

async fn unusable_urls_reveal_nothing(log: &LogCollector) {
    let long = RedeemRequest { code: request().code.repeat(10_000), ..request() };
    let text = check(log, &client("http://127.0.0.1:9"), &long).await;
    assert!(text.contains("the request cannot be encoded"), "{text}");
    let none = RedeemRequest { code: String::new(), ..request() };
    let text = check(log, &client("http://127.0.0.1:9"), &none).await;
    assert!(text.contains("code is part of the path and must not be empty"), "{text}");
    for (key, value, problem) in [
        (SECRETS[0].to_owned() + "\n", String::new(), "a name with characters"),
        (SECRETS[0].to_owned(), SECRETS[1].to_owned() + "\n", "a value with a control character"),
    ] {
        let invalid = RedeemRequest { labels: Some([(key, value)].into()), ..request() };
        let text = check(log, &client("http://127.0.0.1:9"), &invalid).await;
        assert!(text.contains(problem), "{text}");
    }
    for endpoint in ["ftp://shop.example", "http://shop.example/#x", "http://u:p@shop.example"] {
        let text = check(log, &client(endpoint), &request()).await;
        assert!(text.contains("endpoint"), "{text}");
    }
    let fips = config("http://127.0.0.1:9").use_fips(true).build();
    let text = check(log, &Client::new(&fips), &request()).await;
    assert!(text.contains("FIPS"), "{text}");
}
