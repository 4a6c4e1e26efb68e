//! Requests to the instance metadata service without a session token, and the time limits of
//! requests.

use crate::support::SECRET;
use crate::support::credential_sources::{assert_signed, call, credentials_json, home};
use crate::support::scripted_transport::ScriptedTransport;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::PingRequest;
use crate::support::stopped_clock::StoppedClock;
use longshore_runtime::{Client, Config};

const TOKEN: &str = "PUT /latest/api/token HTTP/1.1";
const ROLES: &str = "GET /latest/meta-data/iam/security-credentials/ HTTP/1.1";
const KEYS: &str = "GET /latest/meta-data/iam/security-credentials/my-role HTTP/1.1";

/// Returns the result of a call whose only source of credentials is the metadata service, and the
/// request lines that the service received.
async fn call_on_instance(
    responses: Vec<CannedResponse>,
    variables: &[(&str, &str)],
) -> (Result<(), String>, Vec<String>) {
    let _clock = StoppedClock::start();
    let instance = Server::start(responses);
    let home = home("[default]\nregion = r-1\n");
    let mut all = vec![
        ("AWS_EC2_METADATA_DISABLED", "false"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", instance.url.as_str()),
    ];
    all.extend(variables);
    let result = call(home.path(), &all).await.map(|request| assert_signed(&request, "r-1"));
    let requests = instance.requests();
    (result, requests.into_iter().map(|request| request.line).collect())
}

fn keys() -> Vec<CannedResponse> {
    vec![CannedResponse::ok("my-role"), CannedResponse::ok(credentials_json())]
}

fn with_token(token: CannedResponse, rest: Vec<CannedResponse>) -> Vec<CannedResponse> {
    [vec![token], rest].concat()
}

#[tokio::test]
async fn a_service_without_tokens_is_used_without_one() {
    for status in [403, 404, 405, 500] {
        let responses = with_token(CannedResponse::new(status, &[], ""), keys());
        let (result, lines) = call_on_instance(responses, &[]).await;
        assert_eq!(result, Ok(()), "{status}");
        assert_eq!(lines, [TOKEN, ROLES, KEYS], "{status}");
    }
}

/// In a container, the response to a request for a token may be lost.
#[tokio::test(start_paused = true)]
async fn a_token_that_is_never_returned_is_requested_once() {
    let role = Some((200, "my-role".to_owned()));
    let transport = ScriptedTransport::new([
        None,
        role,
        Some((200, credentials_json())),
        Some((200, "{}".to_owned())),
    ]);
    let variables = [("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "3"), ("AWS_REGION", "r-1")];
    let config = Config::builder().transport(transport.clone());
    let config = config.load(&variables.into_iter().collect()).await.expect("loaded");
    Client::new(&config).call(&PingRequest).await.expect("a response");
    let requests = transport.requests();
    let expected: Vec<_> =
        [TOKEN, ROLES, KEYS].iter().map(|line| line.trim_end_matches(" HTTP/1.1")).collect();
    assert_eq!(requests[..3], expected);
}

/// A metadata service that issues tokens is not called without one.
#[tokio::test]
async fn an_invalid_token_is_an_error() {
    for token in ["", " \n", "one\ntwo", "a\u{7f}"] {
        let (result, lines) =
            call_on_instance(with_token(CannedResponse::ok(token), keys()), &[]).await;
        let line = result.expect_err("an error");
        assert!(line.contains("the session token of the metadata service is empty or"), "{line}");
        assert_eq!(lines, [TOKEN], "{token:?}");
    }
}

#[tokio::test]
async fn version_1_can_be_disabled() {
    let responses = with_token(CannedResponse::new(404, &[], ""), keys());
    let disabled = [("AWS_EC2_METADATA_V1_DISABLED", "true")];
    let (result, lines) = call_on_instance(responses, &disabled).await;
    let line = result.expect_err("an error");
    assert!(line.contains("no session token") && line.contains("HTTP 404"), "{line}");
    assert!(line.contains("AWS_EC2_METADATA_V1_DISABLED"), "{line}");
    assert_eq!(lines, [TOKEN]);
}

#[tokio::test]
async fn a_rejected_request_for_a_token_ends_the_lookup() {
    let responses = with_token(CannedResponse::new(400, &[], ""), keys());
    let (result, lines) = call_on_instance(responses, &[]).await;
    assert!(result.expect_err("an error").contains("HTTP 400"));
    assert_eq!(lines, [TOKEN]);
}

#[tokio::test]
async fn requests_are_attempted_as_often_as_configured() {
    let flaky = |good: CannedResponse| [CannedResponse::unavailable(), good];
    let [role, json] = [CannedResponse::ok("my-role"), CannedResponse::ok(credentials_json())];
    let responses: Vec<_> =
        [CannedResponse::ok("token"), role, json].into_iter().flat_map(flaky).collect();
    let attempts = ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "2");
    let (result, lines) = call_on_instance(responses.clone(), &[attempts]).await;
    assert_eq!(result, Ok(()));
    assert_eq!(lines, [TOKEN, TOKEN, ROLES, ROLES, KEYS, KEYS]);
    let (result, lines) = call_on_instance(responses[1..].to_vec(), &[]).await;
    assert!(result.expect_err("an error").contains("HTTP 503"));
    assert_eq!(lines, [TOKEN, ROLES]);
}

/// Errors contain no part of a response.
#[tokio::test]
async fn unusable_credentials_are_errors() {
    let expired = credentials_json().replace("2096", "2016");
    let refused = r#"{"Code":"AssumeRoleUnauthorizedAccess","Message":"no"}"#.to_owned();
    for (body, expected) in [
        (expired, "expired at 2016-10-02"),
        (refused, "AssumeRoleUnauthorizedAccess"),
        (format!("<html>{SECRET}</html>"), "are not a JSON document"),
        (String::new(), "the response is empty"),
        (format!(r#"{{"AccessKeyId":"FOUND","SecretAccessKey":"{SECRET}"}}"#), "no Token"),
    ] {
        let responses = [CannedResponse::ok("token"), CannedResponse::ok("my-role")];
        let responses = [&responses[..], &[CannedResponse::ok(body)]].concat();
        let (result, lines) = call_on_instance(responses, &[]).await;
        let line = result.expect_err("an error");
        assert!(line.contains("the metadata of the instance"), "{line}");
        assert!(line.contains(expected) && !line.contains(SECRET), "{line}");
        assert_eq!(lines, [TOKEN, ROLES, KEYS]);
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Server::start(keys());
    let redirect = CannedResponse::new(302, &[("location", &other.url)], "");
    let responses = vec![CannedResponse::ok("token"), redirect];
    let (result, _) = call_on_instance(responses, &[]).await;
    assert!(result.expect_err("an error").contains("HTTP 302"));
    assert_eq!(other.requests().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_timeout_can_be_set() {
    let transport = ScriptedTransport::new([Some((200, "token".to_owned())), None]);
    let variables = [("AWS_METADATA_SERVICE_TIMEOUT", "3"), ("AWS_REGION", "r-1")];
    let config = Config::builder().transport(transport);
    let config = config.load(&variables.into_iter().collect()).await.expect("loaded");
    let error = Client::new(&config).call(&PingRequest).await.expect_err("an error");
    assert!(error.to_string().contains("no response within 6 s"), "{error}");
}

#[tokio::test]
async fn invalid_settings_are_errors() {
    for (name, value, expected) in [
        ("AWS_METADATA_SERVICE_TIMEOUT", "soon", "must be a number of seconds, such as 1"),
        ("AWS_METADATA_SERVICE_TIMEOUT", "-1", "must be a number of seconds, such as 1"),
        ("AWS_METADATA_SERVICE_TIMEOUT", "NaN", "must be a number of seconds, such as 1"),
        ("AWS_METADATA_SERVICE_TIMEOUT", "1e300", "must be a number of seconds, such as 1"),
        ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "0", "must be a number of attempts, such as 1"),
        ("AWS_EC2_METADATA_V1_DISABLED", "maybe", "must be true or false"),
    ] {
        let environment = [(name, value)].into_iter().collect();
        let error = Config::builder().load(&environment).await;
        let error = error.expect_err("an error").to_string();
        assert!(error.contains(name) && error.contains(expected), "{error}");
    }
}
