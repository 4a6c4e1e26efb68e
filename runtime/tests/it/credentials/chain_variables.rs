//! Credential sources that the environment variables of a process configure.

use std::fs;

use crate::support::credential_sources::{
    ENDPOINT_VARIABLE, EXPIRATION, assert_no_secret_logged, assert_signed, assume_role_response,
    home,
};
use crate::support::log_collector::ThreadLog;
use crate::support::server::{CannedResponse, ReceivedRequest, Server};
use crate::support::service::PingRequest;
use crate::support::{NO_INSTANCE_METADATA, SECRET, TOKEN, process};
use longshore_runtime::{Client, Config};

/// Runs a call in a process with exactly this environment, to test `Config::from_env`.
fn call_in_process(variables: &[(&str, &str)]) -> ReceivedRequest {
    let service = Server::start([CannedResponse::ok("{}")]);
    let mut command = process::command(module_path!(), "one_call_from_the_environment");
    command.env_clear().envs(variables.iter().copied());
    command.envs([
        ("AWS_REGION", "r-1"),
        (ENDPOINT_VARIABLE, &*service.url),
        NO_INSTANCE_METADATA[0],
    ]);
    process::assert_passes(&mut command);
    service.request()
}

#[tokio::test]
#[ignore = "run by other tests, each in a separate process with its own environment"]
async fn one_call_from_the_environment() {
    let log = ThreadLog::start();
    let config = Config::from_env().await.expect("loaded");
    Client::new(&config).call(&PingRequest).await.expect("a response");
    assert_no_secret_logged(&log);
    for secret in ["a.web.identity", "sso-token"] {
        assert!(!log.text().contains(secret), "{}", log.text());
    }
}

#[test]
fn a_web_identity_provides_credentials() {
    let sts = Server::start([assume_role_response("AssumeRoleWithWebIdentity")]);
    let home = home("");
    let token = home.path().join("token");
    fs::write(&token, "a.web.identity").expect("a file");
    let request = call_in_process(&[
        ("AWS_WEB_IDENTITY_TOKEN_FILE", token.to_str().expect("text")),
        ("AWS_ROLE_ARN", "arn:aws:iam::1:role/r"),
        ("AWS_ENDPOINT_URL_STS", &sts.url),
    ]);
    assert_signed(&request, "r-1");
    let received = sts.request();
    assert!(received.text().contains("Action=AssumeRoleWithWebIdentity&"), "{}", received.text());
    assert!(received.text().contains("RoleSessionName=longshore-"), "{}", received.text());
    assert!(received.text().contains("WebIdentityToken=a.web.identity"), "{}", received.text());
}

#[test]
fn an_sso_session_provides_credentials() {
    let body = format!(
        r#"{{"roleCredentials":{{"accessKeyId":"FOUND","secretAccessKey":"{SECRET}",
        "sessionToken":"{TOKEN}","expiration":4000000000000}}}}"#
    );
    let sso = Server::start([CannedResponse::ok(body)]);
    let home = home(
        "[default]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n\
         [sso-session s]\nsso_region = r-9\nsso_start_url = https://start\n",
    );
    let name = ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, b"s");
    let name: String = name.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    fs::create_dir_all(home.path().join(".aws/sso/cache")).expect("a folder");
    let token = format!(r#"{{"accessToken":"sso-token","expiresAt":"{EXPIRATION}"}}"#);
    fs::write(home.path().join(format!(".aws/sso/cache/{name}.json")), token).expect("a file");
    let home = home.path().to_str().expect("text");
    let request = call_in_process(&[("HOME", home), ("AWS_ENDPOINT_URL_SSO", &sso.url)]);
    assert_signed(&request, "r-1");
    assert_eq!(sso.request().header("x-amz-sso_bearer_token"), "sso-token");
}
