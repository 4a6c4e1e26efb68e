//! The places for credentials and regions that take a request or another program, each of them on
//! loopback.
#![cfg(feature = "aws-config")]

mod support;

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use longshore_runtime::{
    BoxFuture, Client, Config, Environment, HttpTransport, Timeouts, Transport, TransportError,
};
use support::log::Watch;
use support::places::{ENDPOINT, assert_found, assert_silent, credentials_json, home, role};
use support::server::{Captured, Reply, Server};
use support::service::PingRequest;
use support::{SECRET, TOKEN};

/// A call with the files of `home`, and whom it was signed as.
async fn call(home: &Path, variables: &[(&str, &str)]) -> Result<Captured, String> {
    let service = Server::start([Reply::ok("{}")]);
    let mut all = vec![("HOME", home.to_str().expect("text")), (ENDPOINT, &service.url)];
    all.extend(support::ALONE.iter().filter(|(name, _)| !variables.iter().any(|v| v.0 == *name)));
    all.extend(variables);
    let environment: Environment = all.into_iter().collect();
    let config = Config::builder().load(&environment).await.map_err(|error| error.to_string())?;
    let called = Client::new(&config).call(&PingRequest).await;
    called.map_err(|error| error.to_string())?;
    Ok(service.request())
}

#[cfg(unix)]
#[tokio::test]
async fn a_process_gives_credentials() {
    let log = Watch::start();
    let home = home("");
    let keys = home.path().join("keys.json");
    let json = format!(
        r#"{{"Version":1,"AccessKeyId":"FOUND","SecretAccessKey":"{SECRET}","SessionToken":"{TOKEN}"}}"#
    );
    fs::write(&keys, json).expect("a file");
    let config = format!("[default]\nregion = r-1\ncredential_process = cat {}\n", keys.display());
    fs::write(home.path().join(".aws/config"), config).expect("a file");
    assert_found(&call(home.path(), &[]).await.expect("a request"), "r-1");
    assert_silent(&log);
}

#[tokio::test]
async fn a_profile_takes_a_role_on() {
    let log = Watch::start();
    let sts = Server::start([role("AssumeRole")]);
    let home = home(&format!(
        "\u{feff}[default]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n\
         role_session_name = me\nservices = local\n[services local]\nsts =\n  endpoint_url = {}\n\
         [profile base]\naws_access_key_id = BASE\naws_secret_access_key = base-secret\n",
        sts.url
    ));
    assert_found(&call(home.path(), &[]).await.expect("a request"), "r-1");
    let asked = sts.request();
    assert!(asked.text().contains("Action=AssumeRole&"), "{}", asked.text());
    assert!(asked.text().contains("RoleSessionName=me"), "{}", asked.text());
    assert!(asked.header("authorization").contains("Credential=BASE/"));
    assert!(asked.header("authorization").contains("/r-1/sts/"));
    assert_silent(&log);
}

#[tokio::test]
async fn a_role_may_start_from_the_variables() {
    let sts = Server::start([role("AssumeRole")]);
    let home = home(&format!(
        "[profile p]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/r\n\
         credential_source = Environment\nservices = local\n[services local]\nsts =\n  \
         endpoint_url = {}\n",
        sts.url
    ));
    let service = Server::start([Reply::ok("{}")]);
    let variables = [
        ("HOME", home.path().to_str().expect("text")),
        ("AWS_ACCESS_KEY_ID", "BASE"),
        ("AWS_SECRET_ACCESS_KEY", "base"),
        (ENDPOINT, &service.url),
    ];
    let environment = variables.into_iter().collect();
    let config = Config::builder().profile("p").load(&environment).await.expect("loaded");
    Client::new(&config).call(&PingRequest).await.expect("an answer");
    assert_found(&service.request(), "r-1");
    assert!(sts.request().header("authorization").contains("Credential=BASE/"));
}

#[tokio::test]
async fn a_profile_may_have_a_web_identity() {
    let log = Watch::start();
    let sts = Server::start([role("AssumeRoleWithWebIdentity")]);
    let home = home("");
    fs::write(home.path().join("token"), "a.web.identity").expect("a file");
    let config = format!(
        "[default]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/r\nweb_identity_token_file = \
         {}\nservices = local\n[services local]\nsts =\n  endpoint_url = {}\n",
        home.path().join("token").display(),
        sts.url
    );
    fs::write(home.path().join(".aws/config"), config).expect("a file");
    assert_found(&call(home.path(), &[]).await.expect("a request"), "r-1");
    assert!(sts.request().text().contains("WebIdentityToken=a.web.identity"));
    assert_silent(&log);
}

/// An answer that cannot be read is part of the errors of aws-config, where `Debug` shows it.
#[tokio::test]
async fn an_answer_that_cannot_be_read_is_not_shown() {
    let bad = format!("<AssumeRoleResponse><SecretAccessKey>{SECRET}</SecretAccessKey><oops");
    let sts = Server::start((0..3).map(|_| Reply::new(200, &[], &bad)));
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

/// The answers of an instance's metadata: a token, and then what is asked for.
fn metadata(answers: &[&str]) -> Server {
    let ttl = [("x-aws-ec2-metadata-token-ttl-seconds", "21600")];
    let tokens = ["instance-token"].iter().chain(answers);
    Server::start(tokens.map(|answer| Reply::new(200, &ttl, answer)).collect::<Vec<_>>())
}

#[tokio::test]
async fn an_instance_gives_region_and_credentials() {
    let log = Watch::start();
    let json = credentials_json();
    let instance = metadata(&["r-2", "instance-token", "my-role", &json]);
    let home = home("");
    let variables = [
        ("AWS_EC2_METADATA_DISABLED", "false"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", instance.url.as_str()),
    ];
    assert_found(&call(home.path(), &variables).await.expect("a request"), "r-2");
    let asked: Vec<_> = instance.requests().into_iter().map(|request| request.line).collect();
    let expected = [
        "PUT /latest/api/token HTTP/1.1",
        "GET /latest/meta-data/placement/region HTTP/1.1",
        "PUT /latest/api/token HTTP/1.1",
        "GET /latest/meta-data/iam/security-credentials/ HTTP/1.1",
        "GET /latest/meta-data/iam/security-credentials/my-role HTTP/1.1",
    ];
    assert_eq!(asked, expected);
    assert_silent(&log);
    // The region was not known when the span began.
    let span = "operation=\"Ping\" region=\"r-2\"";
    assert!(log.text().contains(span), "{}", log.text());
}

#[tokio::test]
async fn nothing_is_asked_before_the_first_call_and_then_once() {
    let json = credentials_json();
    let instance = metadata(&["r-2", "instance-token", "my-role", &json]);
    let service = Server::start((0..20).map(|_| Reply::ok("{}")));
    let variables =
        [("AWS_EC2_METADATA_SERVICE_ENDPOINT", &*instance.url), (ENDPOINT, &*service.url)];
    let environment = variables.into_iter().collect();
    let config = Config::builder().load(&environment).await.expect("loaded");
    assert_eq!((instance.requests().len(), config.region()), (0, None));
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let config = config.clone();
            tokio::spawn(async move { Client::new(&config).call(&PingRequest).await })
        })
        .collect();
    for call in calls {
        call.await.expect("no panic").expect("an answer");
    }
    assert_eq!((instance.requests().len(), config.region()), (5, Some("r-2")));
    // Another configuration made of this one shares what was found.
    let other = config.to_builder().region("r-3").build();
    Client::new(&other).call(&PingRequest).await.expect("an answer");
    assert_eq!(instance.requests().len(), 5);
}

#[tokio::test]
async fn an_endpoint_of_the_metadata_may_be_in_the_profile() {
    let instance = metadata(&["r-2"]);
    let keys = "aws_access_key_id = FOUND\naws_secret_access_key = s\naws_session_token = ";
    let home = home(&format!(
        "[default]\nec2_metadata_service_endpoint = {}\n{keys}{TOKEN}\n",
        instance.url
    ));
    let request = call(home.path(), &[("AWS_EC2_METADATA_DISABLED", "False")]).await;
    assert_found(&request.expect("a request"), "r-2");
    for (name, value, expected) in [
        ("AWS_EC2_METADATA_DISABLED", "perhaps", "must be true or false"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "nowhere", "must be a URL"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv5", "must be IPv4 or IPv6"),
    ] {
        let environment = [(name, value)].into_iter().collect();
        let error = Config::builder().load(&environment).await.expect_err("an error");
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[tokio::test]
async fn nobody_anywhere_says_where_was_asked() {
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
async fn an_instance_that_cannot_be_reached_is_a_line() {
    let home = home("");
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", port.local_addr().expect("an address"));
    drop(port);
    let variables = [
        ("AWS_EC2_METADATA_DISABLED", "false"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", url.as_str()),
        ("AWS_REGION", "r-1"),
    ];
    let line = call(home.path(), &variables).await.expect_err("an error");
    assert!(
        line.contains("no credentials") && line.contains("the metadata of the instance ("),
        "{line}"
    );
    assert!(line.contains("refused"), "{line}");
    let line = call(home.path(), &variables[..2]).await.expect_err("an error");
    assert!(line.contains("no region") && line.contains("refused"), "{line}");
    assert_eq!(line.lines().count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_stands_still_while_it_asks_stops_nobody_for_long() {
    use std::task::{Context, Waker};

    let instance = Server::start([Reply::unfinished(""), Reply::unfinished("")]);
    let variables = [("AWS_EC2_METADATA_SERVICE_ENDPOINT", &*instance.url)];
    let config = Config::builder().load(&variables.into_iter().collect()).await.expect("loaded");
    let client = Client::new(&config);
    // As on a runtime that nobody runs any more.
    let mut standing = std::pin::pin!(client.call(&PingRequest));
    assert!(standing.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    let start = tokio::time::Instant::now();
    let hour = std::time::Duration::from_secs(3600);
    let call = tokio::time::timeout(hour, client.call(&PingRequest)).await;
    let line = call.expect("an end").expect_err("an error").to_string();
    assert!(line.contains("no region"), "{line}");
    assert!((30..35).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn an_instance_that_never_answers_is_not_waited_for() {
    let instance = Server::start([Reply::unfinished("")]);
    let home = home("");
    let variables = [
        ("AWS_EC2_METADATA_DISABLED", "false"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", instance.url.as_str()),
    ];
    let start = tokio::time::Instant::now();
    let line = call(home.path(), &variables).await.expect_err("an error");
    assert!(line.contains("no region") && line.contains("no response within 2 s"), "{line}");
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_place_that_fails_is_not_passed_over() {
    let sts = Server::start([Reply::new(
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

#[test]
fn without_a_runtime_there_is_an_error_and_no_panic() {
    use std::task::{Context, Poll, Waker};
    let variables = [("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:1")];
    for region in [None, Some(("AWS_REGION", "r"))] {
        let environment = variables.into_iter().chain(region).collect();
        let mut call = Box::pin(async {
            let config = Config::builder().load(&environment).await.expect("loaded");
            Client::new(&config).call(&PingRequest).await
        });
        match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Err(error)) => {
                assert!(error.to_string().contains("no tokio runtime"), "{error}")
            }
            other => panic!("{other:?}"),
        }
    }
}

/// Sends what it is given, and notes it.
#[derive(Debug, Default)]
struct Counting(HttpTransport, Mutex<Vec<String>>);

impl Transport for Counting {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
        self.1.lock().expect("the list").push(request.uri().path().to_owned());
        self.0.send(request)
    }
}

#[tokio::test]
async fn every_request_goes_over_our_transport() {
    let json = credentials_json();
    let answers = ["r-2", "instance-token", "my-role", &json];
    let again = [&["instance-token"], &answers[..]].concat();
    let instance = metadata(&[&answers[..], &again].concat());
    let service = Server::start((0..3).map(|_| Reply::ok("{}")));
    let variables =
        [("AWS_EC2_METADATA_SERVICE_ENDPOINT", &*instance.url), (ENDPOINT, &*service.url)];
    let counting = Arc::new(Counting::default());
    let count = || counting.1.lock().expect("the list").len();
    let builder = Config::builder().transport(Arc::clone(&counting));
    let config = builder.load(&variables.into_iter().collect()).await.expect("loaded");
    Client::new(&config).call(&PingRequest).await.expect("an answer");
    assert_eq!(count(), 6);
    // A setting that has nothing to do with it shares what was found.
    let other = config.to_builder().validate_requests(true).region("r-2").build();
    Client::new(&other).call(&PingRequest).await.expect("an answer");
    assert_eq!((count(), instance.requests().len()), (7, 5));
    // What is to go over another transport does all of it there.
    let elsewhere = Arc::new(Counting::default());
    let other = config.to_builder().transport(Arc::clone(&elsewhere)).build();
    Client::new(&other).call(&PingRequest).await.expect("an answer");
    assert_eq!((count(), elsewhere.1.lock().expect("the list").len()), (7, 6));
}

#[tokio::test]
async fn credentials_are_asked_for_under_the_limits_of_now() {
    let json = credentials_json();
    let instance = metadata(&["my-role", &json, "instance-token", "my-role", &json]);
    let service = Server::start((0..2).map(|_| Reply::ok("{}")));
    let variables = [
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", &*instance.url),
        (ENDPOINT, &*service.url),
        ("AWS_REGION", "r-1"),
    ];
    let config = Config::builder().load(&variables.into_iter().collect()).await.expect("loaded");
    Client::new(&config).call(&PingRequest).await.expect("an answer");
    let other = config.to_builder().timeouts(Timeouts::none()).build();
    Client::new(&other).call(&PingRequest).await.expect("an answer");
    // Both over connections of their own.
    assert!(instance.requests()[3].connection > instance.requests()[2].connection);
    assert_eq!(instance.requests().len(), 6);
}
