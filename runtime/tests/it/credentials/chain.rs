//! Credentials from processes, roles and web identities.

use std::fs;

use crate::support::credential_sources::{
    ENDPOINT_VARIABLE, assert_no_secret_logged, assert_signed, assume_role_response, call, home,
};
use crate::support::log_collector::ThreadLog;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::PingRequest;
use crate::support::{SECRET, TOKEN};
use longshore_runtime::{Client, Config};

#[cfg(unix)]
#[tokio::test]
async fn a_credential_process_provides_credentials() {
    let log = ThreadLog::start();
    let home = home("");
    let keys = home.path().join("keys.json");
    let json = format!(
        r#"{{"Version":1,"AccessKeyId":"FOUND","SecretAccessKey":"{SECRET}","SessionToken":"{TOKEN}"}}"#
    );
    fs::write(&keys, json).expect("a file");
    let config = format!("[default]\nregion = r-1\ncredential_process = cat {}\n", keys.display());
    fs::write(home.path().join(".aws/config"), config).expect("a file");
    assert_signed(&call(home.path(), &[]).await.expect("a request"), "r-1");
    assert_no_secret_logged(&log);
}

#[tokio::test]
async fn a_profile_assumes_a_role() {
    let log = ThreadLog::start();
    let sts = Server::start([assume_role_response("AssumeRole")]);
    let home = home(&format!(
        "\u{feff}[default]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n\
         role_session_name = me\nservices = local\n[services local]\nsts =\n  endpoint_url = {}\n\
         [profile base]\naws_access_key_id = BASE\naws_secret_access_key = base-secret\n",
        sts.url
    ));
    assert_signed(&call(home.path(), &[]).await.expect("a request"), "r-1");
    let request = sts.request();
    assert!(request.text().contains("Action=AssumeRole&"), "{}", request.text());
    assert!(request.text().contains("RoleSessionName=me"), "{}", request.text());
    assert!(request.header("authorization").contains("Credential=BASE/"));
    assert!(request.header("authorization").contains("/r-1/sts/"));
    assert_no_secret_logged(&log);
}

#[tokio::test]
async fn a_role_can_use_credentials_from_the_environment() {
    let sts = Server::start([assume_role_response("AssumeRole")]);
    let home = home(&format!(
        "[profile p]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/r\n\
         credential_source = Environment\nservices = local\n[services local]\nsts =\n  \
         endpoint_url = {}\n",
        sts.url
    ));
    let service = Server::start([CannedResponse::ok("{}")]);
    let variables = [
        ("HOME", home.path().to_str().expect("text")),
        ("AWS_ACCESS_KEY_ID", "BASE"),
        ("AWS_SECRET_ACCESS_KEY", "base"),
        (ENDPOINT_VARIABLE, &service.url),
    ];
    let environment = variables.into_iter().collect();
    let config = Config::builder().profile("p").load(&environment).await.expect("loaded");
    Client::new(&config).call(&PingRequest).await.expect("a response");
    assert_signed(&service.request(), "r-1");
    assert!(sts.request().header("authorization").contains("Credential=BASE/"));
}

#[tokio::test]
async fn a_profile_can_use_a_web_identity() {
    let log = ThreadLog::start();
    let sts = Server::start([assume_role_response("AssumeRoleWithWebIdentity")]);
    let home = home("");
    fs::write(home.path().join("token"), "a.web.identity").expect("a file");
    let config = format!(
        "[default]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/r\nweb_identity_token_file = \
         {}\nservices = local\n[services local]\nsts =\n  endpoint_url = {}\n",
        home.path().join("token").display(),
        sts.url
    );
    fs::write(home.path().join(".aws/config"), config).expect("a file");
    assert_signed(&call(home.path(), &[]).await.expect("a request"), "r-1");
    assert!(sts.request().text().contains("WebIdentityToken=a.web.identity"));
    assert_no_secret_logged(&log);
}

/// The response contains keys.
#[tokio::test]
async fn an_unreadable_sts_response_is_not_shown() {
    let bad = format!("<AssumeRoleResponse><SecretAccessKey>{SECRET}</SecretAccessKey><oops");
    let sts = Server::start((0..3).map(|_| CannedResponse::new(200, &[], &bad)));
    let home = home(&format!(
        "[default]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n\
         services = local\n[services local]\nsts =\n  endpoint_url = {}\n\
         [profile base]\naws_access_key_id = BASE\naws_secret_access_key = base-secret\n",
        sts.url
    ));
    let environment = [("HOME", home.path().to_str().expect("text"))].into_iter().collect();
    let config = Config::builder().load(&environment).await.expect("loaded");
    let error = Client::new(&config).call(&PingRequest).await.expect_err("an error");
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("the profile default"), "{shown}");
    assert!(!shown.contains(SECRET) && !shown.contains("base-secret"), "{shown}");
}

#[tokio::test]
async fn the_error_without_credentials_lists_all_sources() {
    let home = home("[default]\nregion = r-1\n");
    let line = call(home.path(), &[]).await.expect_err("an error");
    let file = home.path().join(".aws");
    let expected = format!(
        "Ping: no credentials: tried the environment (the \
         variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set), the profile default \
         (has no credentials in {0}/config and {0}/credentials), a web identity \
         (AWS_WEB_IDENTITY_TOKEN_FILE is not set), a container (neither \
         AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set), the \
         metadata of the instance (AWS_EC2_METADATA_DISABLED is true)",
        file.display()
    );
    assert_eq!(line, expected);
}

#[tokio::test]
async fn a_configured_source_that_fails_ends_the_chain() {
    let sts = Server::start([CannedResponse::new(
        403,
        &[("content-type", "text/xml")],
        "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>\
         <Message>not you</Message></Error><RequestId>1</RequestId></ErrorResponse>",
    )]);
    let home = home(&format!(
        "[default]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n\
         services = local\n[services local]\nsts =\n  endpoint_url = {}\n\
         [profile base]\naws_access_key_id = BASE\naws_secret_access_key = {SECRET}\n",
        sts.url
    ));
    let line = call(home.path(), &[]).await.expect_err("an error");
    assert!(line.contains("the profile default") && line.contains("AccessDenied"), "{line}");
    assert!(!line.contains(SECRET), "{line}");
    let missing = self::home("[default]\nregion = r\nrole_arn = a\nsource_profile = none\n");
    let line = call(missing.path(), &[]).await.expect_err("an error");
    assert!(line.contains("the profile default") && line.contains("none"), "{line}");
}

/// Calls `Ping` in an environment that configures a container. Returns the signature of the request
/// or the error message, and whether the container was used.
async fn call_beside_container(config: &str, profile: &str) -> (Result<String, String>, bool) {
    let container = Server::start([]);
    let home = home(config);
    let url = format!("{}/keys", container.url);
    let variables =
        [("AWS_PROFILE", profile), ("AWS_CONTAINER_CREDENTIALS_FULL_URI", url.as_str())];
    let sent = call(home.path(), &variables).await;
    let signature = sent.map(|request| request.header("authorization").to_owned());
    (signature, !container.requests().is_empty())
}

#[tokio::test]
async fn an_odd_profile_file_does_not_lead_to_another_identity() {
    let keys = "aws_access_key_id = BASE\naws_secret_access_key = base\n";
    let table = [
        ("dev", format!("[profile dev]\n  region = r-1\n  {}", keys.replace('\n', "\n  "))),
        ("dev's laptop", format!("[profile 'dev'\"'\"'s laptop']\nregion = r-1\n{keys}")),
        ("team/app", format!("[profile \"team/app\"]\nregion = r-1\n{keys}")),
        ("default", format!("[default]\nregion = r-1\nsso_region = us-east-1\n{keys}")),
        ("a", format!("[profile a]\nrole_arn = arn:a\n[profile  a]\nregion = r-1\n{keys}")),
    ];
    for (profile, config) in table {
        let (sent, used) = call_beside_container(&config, profile).await;
        assert!(sent.as_ref().is_ok_and(|sent| sent.contains("Credential=BASE/")), "{sent:?}");
        assert!(!used);
    }
    let missing = format!(
        "[profile prod]\nregion = r-1\nrole_arn = arn:r\nsource_profile = bse\n[profile base]\n{keys}"
    );
    let (error, used) = call_beside_container(&missing, "prod").await;
    let error = error.expect_err("no such profile");
    assert!(
        error.contains("the profile prod: ") && error.contains("config:4 is \"bse\""),
        "{error}"
    );
    assert!(!used);
}
