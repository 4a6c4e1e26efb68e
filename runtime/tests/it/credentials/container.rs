//! Credentials of a container.

use std::fs;
use std::path::Path;

use crate::support::credential_sources::{
    self, assert_no_secret_logged, assert_signed, credentials_json, home,
};
use crate::support::log_collector::ThreadLog;
use crate::support::scripted_transport::ScriptedTransport;
use crate::support::server::{CannedResponse, ReceivedRequest, Server};
use crate::support::service::PingRequest;
use crate::support::stopped_clock::StoppedClock;
use crate::support::{SECRET, TOKEN};
use longshore_runtime::{Client, Config};

const FULL_URI: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const AUTHORIZATION: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const AUTHORIZATION_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/// Calls `Ping` without a time limit for requests to the container.
async fn call(home: &Path, variables: &[(&str, &str)]) -> Result<ReceivedRequest, String> {
    let _clock = StoppedClock::start();
    credential_sources::call(home, variables).await
}

#[tokio::test]
async fn a_container_provides_credentials() {
    let log = ThreadLog::start();
    let container = Server::start([CannedResponse::ok(credentials_json())]);
    let home = home("[default]\nregion = r-1\n");
    let url = format!("{}/keys?id=1", container.url);
    let variables = [(FULL_URI, url.as_str()), (AUTHORIZATION, "container-token")];
    assert_signed(&call(home.path(), &variables).await.expect("a request"), "r-1");
    let received = container.request();
    assert_eq!(received.line, "GET /keys?id=1 HTTP/1.1");
    assert_eq!(received.header("authorization"), "container-token");
    assert_eq!(received.header("accept"), "application/json");
    assert_no_secret_logged(&log);
    assert!(!log.text().contains("container-token"), "{}", log.text());
}

#[tokio::test]
async fn the_token_is_read_from_the_file_for_each_request() {
    let responses =
        [CannedResponse::ok(credentials_json()), CannedResponse::ok(credentials_json())];
    let container = Server::start(responses);
    let home = home("[default]\nregion = r-1\n");
    let file = home.path().join("token");
    let variables = [
        (FULL_URI, container.url.as_str()),
        (AUTHORIZATION, "of-the-variable"),
        (AUTHORIZATION_FILE, file.to_str().expect("text")),
    ];
    for token in ["first", "second"] {
        fs::write(&file, token).expect("a file");
        call(home.path(), &variables).await.expect("a request");
    }
    let sent: Vec<_> = container.requests();
    let sent: Vec<_> = sent.iter().map(|request| request.header("authorization")).collect();
    assert_eq!(sent, ["first", "second"]);
}

/// A token that cannot be sent and a host that must not receive it are errors before any request.
#[tokio::test]
async fn unusable_settings_are_errors_without_a_request() {
    let container = Server::start([]);
    let home = home("[default]\nregion = r-1\n");
    let lines = home.path().join("lines");
    fs::write(&lines, format!("{SECRET}\n")).expect("a file");
    let missing = home.path().join("missing");
    let path = |path: &Path| path.to_str().expect("text").to_owned();
    for (name, value, url, expected) in [
        (AUTHORIZATION_FILE, path(&lines), container.url.clone(), "contains a line break"),
        (AUTHORIZATION_FILE, path(&missing), container.url.clone(), "cannot read the file"),
        (AUTHORIZATION, format!("{SECRET}\r\nx: y"), container.url.clone(), "line break"),
        (AUTHORIZATION, SECRET.to_owned(), "http://example.com/keys".to_owned(), "example.com"),
        (AUTHORIZATION, SECRET.to_owned(), "nonsense".to_owned(), FULL_URI),
    ] {
        let variables = [(FULL_URI, url.as_str()), (name, value.as_str())];
        let line = call(home.path(), &variables).await.expect_err("an error");
        assert!(line.contains("no credentials: a container: "), "{line}");
        assert!(line.contains(expected) && !line.contains(SECRET), "{line}");
    }
    assert_eq!(container.requests().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn failures_are_retried_as_often_as_calls() {
    for (attempts, expected) in [("1", 1), ("3", 3)] {
        let html = format!("<html>{SECRET}</html>");
        let transport =
            ScriptedTransport::new([Some((503, String::new())), Some((200, html)), None]);
        let variables = [
            (FULL_URI, "http://127.0.0.1/keys"),
            ("AWS_MAX_ATTEMPTS", attempts),
            ("AWS_REGION", "r"),
        ];
        let config = Config::builder().transport(transport.clone());
        let config = config.load(&variables.into_iter().collect()).await.expect("loaded");
        let error = Client::new(&config).call(&PingRequest).await.expect_err("an error");
        let line = error.to_string();
        assert!(line.contains("no credentials: a container: "), "{line}");
        assert!(!line.contains(SECRET), "{line}");
        assert_eq!(transport.requests().len(), expected, "{line}");
    }
}

#[tokio::test]
async fn bad_credentials_are_not_retried() {
    let expired = credentials_json().replace("2096", "2016");
    let incomplete = format!(r#"{{"AccessKeyId":"FOUND","SecretAccessKey":"{SECRET}"}}"#);
    for (body, expected) in [(expired, "expired at 2016-10-02"), (incomplete, "no Token")] {
        let container = Server::start([CannedResponse::ok(body)]);
        let home = home("[default]\nregion = r-1\n");
        let line = call(home.path(), &[(FULL_URI, &container.url)]).await.expect_err("an error");
        assert!(line.contains("a container") && line.contains(expected), "{line}");
        assert!(!line.contains(SECRET) && !line.contains(TOKEN), "{line}");
        assert_eq!(container.requests().len(), 1);
    }
}

/// The transport does not follow redirects, and neither does the provider.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Server::start([CannedResponse::ok(credentials_json())]);
    let container = Server::start([CannedResponse::new(302, &[("location", &other.url)], "")]);
    let home = home("[default]\nregion = r-1\n");
    let variables = [(FULL_URI, container.url.as_str()), ("AWS_MAX_ATTEMPTS", "1")];
    let line = call(home.path(), &variables).await.expect_err("an error");
    assert!(line.contains("HTTP 302"), "{line}");
    assert_eq!(other.requests().len(), 0);
}
