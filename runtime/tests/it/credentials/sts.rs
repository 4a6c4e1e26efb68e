//! Credentials from STS: roles and web identities in profiles.

use std::fs;
use std::time::SystemTime;

use crate::support::SECRET;
use crate::support::credential_sources::{
    BASE, ENDPOINT_VARIABLE, assert_no_secret_logged, assert_signed, assume_role_response, call,
    home,
};
use crate::support::log_collector::ThreadLog;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::PingRequest;
use longshore_runtime::{Client, Config};

#[tokio::test]
async fn a_profile_assumes_a_role() {
    let log = ThreadLog::start();
    let sts = Server::start([assume_role_response("AssumeRole")]);
    let home = home(&format!(
        "\u{feff}[default]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n\
         role_session_name = me\nservices = local\n[services local]\nsts =\n  endpoint_url = {}\n\
         {BASE}",
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
         {BASE}",
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

/// The value of `RoleSessionName` in a request.
fn session_name(text: &str) -> &str {
    let (_, rest) = text.split_once("RoleSessionName=").expect("a session name");
    rest.split('&').next().unwrap_or_default()
}

/// As in botocore, the name is generated once.
#[tokio::test]
async fn all_requests_for_a_role_have_one_session_name() {
    let refused = "<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorResponse>";
    let home = home("");
    let token = home.path().join("token");
    fs::write(&token, "a.web.identity").expect("a file");
    let web_identity = format!("web_identity_token_file = {}", token.display());
    let base = format!("source_profile = base\n{BASE}");
    for (source, action) in [(web_identity, "AssumeRoleWithWebIdentity"), (base, "AssumeRole")] {
        let sts =
            Server::start([CannedResponse::new(400, &[], refused), assume_role_response(action)]);
        let config =
            format!("[default]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/r\n{source}\n");
        fs::write(home.path().join(".aws/config"), config).expect("a file");
        let service = Server::start([CannedResponse::ok("{}")]);
        let variables = [
            ("HOME", home.path().to_str().expect("text")),
            ("AWS_ENDPOINT_URL_STS", &sts.url),
            (ENDPOINT_VARIABLE, &service.url),
        ];
        let config = Config::builder().load(&variables.into_iter().collect()).await;
        let client = Client::new(&config.expect("loaded"));
        client.call(&PingRequest).await.expect_err("no credentials");
        // The generated name contains the time in milliseconds.
        let start = SystemTime::now();
        while start.elapsed().is_ok_and(|elapsed| elapsed.as_millis() < 2) {}
        client.call(&PingRequest).await.expect("a response");
        let requests = sts.requests();
        let names: Vec<_> = requests.iter().map(|request| session_name(request.text())).collect();
        assert!(names[0].starts_with("longshore-") && names[0] == names[1], "{names:?}");
    }
}
