//! The credentials of an IAM Identity Center role, and the token that the AWS CLI saves.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::credential_sources::{
    EXPIRATION, assert_no_secret_logged, assert_signed, call, hide_before_response, home,
    home_with_file, refresh_tokens, show,
};
use crate::support::log_collector::ThreadLog;
use crate::support::server::{CannedResponse, Server};
use crate::support::{SECRET, TOKEN};

const PAST: &str = "2016-10-02T07:00:00Z";
const REFRESH_TOKEN: &str = "a-refresh-token";
const PROFILE: &str = "[default]\nregion = r-1\nsso_session = s\nsso_account_id = 123456789012\n\
                       sso_role_name = my role\n\
                       [sso-session s]\nsso_region = r-9\nsso_start_url = https://start\n";

fn role_credentials() -> CannedResponse {
    CannedResponse::ok(format!(
        r#"{{"roleCredentials":{{"accessKeyId":"FOUND","secretAccessKey":"{SECRET}",
        "sessionToken":"{TOKEN}","expiration":4000000000000}}}}"#
    ))
}

/// The token file of the session `s`.
pub(super) fn token_file(home: &Path) -> PathBuf {
    home.join(".aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json")
}

fn token(expires_at: &str, registration_expires_at: &str) -> String {
    format!(
        r#"{{"startUrl":"https://start","region":"r-9","accessToken":"sso-token",
        "expiresAt":"{expires_at}","clientId":"client","clientSecret":"client-secret",
        "registrationExpiresAt":"{registration_expires_at}","refreshToken":"{REFRESH_TOKEN}"}}"#
    )
}

fn home_with_token(token: &str) -> TempDir {
    home_with_file(PROFILE, token_file, token)
}

async fn error(home: &Path, variables: &[(&str, &str)]) -> String {
    let line = call(home, variables).await.expect_err("an error");
    assert!(line.contains("no credentials: the profile default: sso_account_id in "), "{line}");
    for secret in [SECRET, TOKEN, REFRESH_TOKEN, "sso-token", "client-secret"] {
        assert!(!line.contains(secret), "{line}");
    }
    line
}

#[tokio::test]
async fn a_token_is_exchanged_for_credentials() {
    let log = ThreadLog::start();
    let sso = Server::start([role_credentials()]);
    let home = home_with_token(&token(EXPIRATION, EXPIRATION));
    let variables = [("AWS_ENDPOINT_URL_SSO", sso.url.as_str())];
    assert_signed(&call(home.path(), &variables).await.expect("a request"), "r-1");
    let request = sso.request();
    assert_eq!(
        request.line,
        "GET /federation/credentials?role_name=my%20role&account_id=123456789012 HTTP/1.1"
    );
    assert_eq!(request.header("x-amz-sso_bearer_token"), "sso-token");
    assert_no_secret_logged(&log);
    assert!(!log.text().contains("sso-token"), "{}", log.text());
}

#[tokio::test]
async fn an_expired_token_is_refreshed_and_saved_as_the_aws_cli_does() {
    let refreshed = r#"{"accessToken":"new-token","expiresIn":28800,"refreshToken":"new-refresh",
        "tokenType":"Bearer"}"#;
    let oidc = Server::start([CannedResponse::ok(refreshed)]);
    let sso = Server::start([role_credentials()]);
    let home = home_with_token(&token(PAST, EXPIRATION));
    let variables = [
        ("AWS_ENDPOINT_URL_SSO", sso.url.as_str()),
        ("AWS_ENDPOINT_URL_SSO_OIDC", oidc.url.as_str()),
    ];
    assert_signed(&call(home.path(), &variables).await.expect("a request"), "r-1");
    let request = oidc.request();
    assert_eq!(request.line, "POST /token HTTP/1.1");
    let sent: Value = serde_json::from_str(request.text()).expect("JSON");
    let expected = serde_json::json!({"clientId": "client", "clientSecret": "client-secret",
        "grantType": "refresh_token", "refreshToken": REFRESH_TOKEN});
    assert_eq!(sent, expected);
    assert_eq!(sso.request().header("x-amz-sso_bearer_token"), "new-token");
    let saved = fs::read(token_file(home.path())).expect("a file");
    let mut saved: Value = serde_json::from_slice(&saved).expect("JSON");
    let expires_at = saved["expiresAt"].take();
    let expires_at = expires_at.as_str().expect("text");
    assert!(expires_at.len() == PAST.len() && expires_at > PAST, "{expires_at}");
    let expected = serde_json::json!({"startUrl": "https://start", "region": "r-9",
        "accessToken": "new-token", "expiresAt": null, "clientId": "client",
        "clientSecret": "client-secret", "registrationExpiresAt": EXPIRATION,
        "refreshToken": "new-refresh"});
    assert_eq!(saved, expected);
    let folder = token_file(home.path());
    let folder = folder.parent().expect("a folder");
    assert_eq!(fs::read_dir(folder).expect("a folder").count(), 1);
}

/// A refresh token can be used only once, so the new one must not be lost if it cannot be saved.
#[tokio::test]
async fn a_token_that_cannot_be_saved_is_used_for_the_next_refresh() {
    let log = ThreadLog::start();
    let refreshed = |number: u32| {
        CannedResponse::ok(format!(
            r#"{{"accessToken":"token-{number}","expiresIn":60,"refreshToken":"refresh-{number}"}}"#
        ))
    };
    let oidc = Server::start([refreshed(1), refreshed(2)]);
    let sso = Server::start([role_credentials(), role_credentials()]);
    let old = token(PAST, EXPIRATION);
    let home = home_with_token(&old);
    let path = token_file(home.path());
    let folder = path.parent().expect("a folder");
    hide_before_response(&oidc, folder);
    let variables = [
        ("AWS_ENDPOINT_URL_SSO", sso.url.as_str()),
        ("AWS_ENDPOINT_URL_SSO_OIDC", oidc.url.as_str()),
    ];
    for _ in 0..2 {
        assert_signed(&call(home.path(), &variables).await.expect("a request"), "r-1");
        show(folder);
        assert_eq!(fs::read_to_string(&path).expect("a file"), old);
    }
    let sent = refresh_tokens(&oidc);
    assert_eq!(sent, [REFRESH_TOKEN, "refresh-1"]);
    let requests = sso.requests();
    let used: Vec<_> = requests.iter().map(|it| it.header("x-amz-sso_bearer_token")).collect();
    assert_eq!(used, ["token-1", "token-2"]);
    assert!(log.text().contains("the refreshed token is only kept in memory: "), "{}", log.text());
    assert_no_secret_logged(&log);
}

/// A token that cannot be used is an error that names the file and the command to run. The file
/// remains unchanged, and no other source is tried.
#[tokio::test]
async fn unusable_tokens_are_errors() {
    let container = Server::start([]);
    let other = token(EXPIRATION, EXPIRATION).replace("https://start", "https://other");
    for (token, expected) in [
        (token(PAST, PAST), "the registration of its client has expired"),
        (token(PAST, EXPIRATION).replace("refreshToken", "x"), "it has no refreshToken"),
        (other, "belongs to another sso_start_url"),
        ("{\"accessToken\":\"sso-token\"}".to_owned(), "has no accessToken or no expiresAt"),
        ("{\"accessToken\":\"sso-tok".to_owned(), "is not a JSON object"),
        ("[]".to_owned(), "is not a JSON object"),
        (String::new(), "is not a JSON object"),
    ] {
        let home = home_with_token(&token);
        let variables = [("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url.as_str())];
        let line = error(home.path(), &variables).await;
        assert!(line.contains(expected), "{line}");
        assert!(line.ends_with("; run `aws sso login --sso-session \"s\"`"), "{line}");
        assert!(line.contains(token_file(home.path()).to_str().expect("text")), "{line}");
        assert_eq!(fs::read_to_string(token_file(home.path())).expect("a file"), token);
    }
    let home = home(PROFILE);
    let line = error(home.path(), &[]).await;
    assert!(line.contains("cannot read the token in "), "{line}");
    fs::create_dir_all(token_file(home.path())).expect("a folder");
    let line = error(home.path(), &[]).await;
    assert!(line.contains("it is not a regular file"), "{line}");
    assert_eq!(container.requests().len(), 0);
}

#[tokio::test]
async fn a_refused_refresh_keeps_the_file() {
    let refusals = [
        CannedResponse::new(400, &[("x-amzn-errortype", "InvalidGrantException")], "{}"),
        CannedResponse::new(400, &[], "<html>no</html>"),
        CannedResponse::ok("{}"),
    ];
    for refusal in refusals {
        let oidc = Server::start([refusal]);
        let token = token(PAST, EXPIRATION);
        let home = home_with_token(&token);
        let variables = [("AWS_ENDPOINT_URL_SSO_OIDC", oidc.url.as_str())];
        let line = error(home.path(), &variables).await;
        assert!(line.contains("has expired and cannot be refreshed: "), "{line}");
        assert_eq!(fs::read_to_string(token_file(home.path())).expect("a file"), token);
        assert_eq!(oidc.requests().len(), 1);
    }
}

#[tokio::test]
async fn errors_of_sso_are_shown_without_the_token() {
    let body = r#"{"message":"Session token not found or invalid"}"#;
    let unauthorized = [("x-amzn-errortype", "UnauthorizedException")];
    let expired = format!(
        r#"{{"roleCredentials":{{"accessKeyId":"FOUND","secretAccessKey":"{SECRET}",
        "sessionToken":"{TOKEN}","expiration":1400000000000}}}}"#
    );
    for (response, expected) in [
        (CannedResponse::new(401, &unauthorized, body), "UnauthorizedException"),
        (CannedResponse::new(403, &[], "<html>no</html>"), "403"),
        (CannedResponse::ok(expired), "the credentials expired at 2014-05-13"),
        (CannedResponse::ok("{}"), "contains no credentials"),
    ] {
        let sso = Server::start([response]);
        let home = home_with_token(&token(EXPIRATION, EXPIRATION));
        let line = error(home.path(), &[("AWS_ENDPOINT_URL_SSO", sso.url.as_str())]).await;
        assert!(line.contains(expected), "{line}");
        assert_eq!(sso.requests().len(), 1);
    }
}
