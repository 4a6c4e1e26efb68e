//! Operations whose requests have no signature, and need nothing for one.

mod support;

use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use longshore_runtime::{
    Client, Config, ConfigBuilder, CredentialsError, Endpoint, EndpointError, EndpointParameters,
    EndpointRules, Error, ErrorKind, Operation, ProvideCredentials, RetryConfig, Service,
};
use support::server::{Captured, Reply, Server};
use support::service::{PingError, PingRequest, SERVICE};
use support::{ALONE, TOKEN, config};

const RULED: Service = SERVICE.endpoint_rules(EndpointRules::new(resolve));

fn resolve(parameters: &EndpointParameters<'_>) -> Result<Endpoint, EndpointError> {
    if let Some(url) = parameters.get_endpoint() {
        return Ok(Endpoint::new(url));
    }
    let region = parameters.get_region().ok_or_else(|| EndpointError::new("no Region"))?;
    if region == "nowhere" {
        return Err(EndpointError::new("nowhere is nowhere"));
    }
    Ok(Endpoint::new(format!("http://127.0.0.1:1/{region}")))
}

macro_rules! operation {
    ($name:ident, $service:expr, $signed:expr) => {
        #[derive(Debug, Clone)]
        struct $name {}
        longshore_runtime::structure!($name, Request, Default, {});

        impl Operation for $name {
            const NAME: &'static str = stringify!($name);
            const SERVICE: &'static Service = &$service;
            const SIGNED: bool = $signed;
            type Output = ();
            type Error = PingError;
        }
    };
}

operation!(SignUp, SERVICE, false);
operation!(RuledSignUp, RULED, false);
operation!(RuledSignIn, RULED, true);

/// Nobody may ask it for anything.
#[derive(Debug)]
struct Untouched;

impl ProvideCredentials for Untouched {
    fn provide_credentials<'a>(
        &'a self,
    ) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let error = CredentialsError::invalid_configuration("somebody asked for credentials");
        aws_credential_types::provider::future::ProvideCredentials::ready(Err(error))
    }
}

fn assert_unsigned(sent: &Captured) {
    let mut names: Vec<_> = sent.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let expected = [
        "amz-sdk-invocation-id",
        "amz-sdk-request",
        "content-length",
        "content-type",
        "host",
        "user-agent",
        "x-amz-target",
    ];
    assert_eq!(names, expected);
}

#[tokio::test]
async fn a_request_without_a_signature_has_no_header_of_one() {
    let server = Server::start([Reply::ok("{}"), Reply::ok("{}")]);
    let config = config(&server.url).credentials(Untouched).build();
    Client::new(&config).call(&SignUp {}).await.expect("an answer");
    let sent = server.request();
    assert_unsigned(&sent);
    assert_eq!(sent.header("x-amz-target"), "TestRegistry_V20150921.SignUp");
    assert_eq!((sent.line.as_str(), sent.text()), ("POST / HTTP/1.1", "{}"));
    // Also where there are credentials.
    support::client(&server.url).call(&SignUp {}).await.expect("an answer");
    assert_unsigned(&server.requests()[1]);
    assert!(!format!("{:?}", server.requests()[1]).contains(TOKEN));
}

#[tokio::test]
async fn a_signed_operation_of_the_same_client_still_needs_credentials() {
    let server = Server::start([Reply::ok("{}")]);
    let client = Client::new(&config(&server.url).credentials(Untouched).build());
    client.call(&SignUp {}).await.expect("an answer");
    let error = client.call(&PingRequest).await.expect_err("no credentials");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credentials, 0));
}

#[tokio::test]
async fn it_is_attempted_again_like_any_other() {
    let server = Server::start([Reply::busy(), Reply::code(400, "SlowDown"), Reply::ok("{}")]);
    let config = Config::builder().endpoint_url(&server.url).build();
    Client::new(&config).call(&SignUp {}).await.expect("an answer");
    let sent = server.requests();
    let attempts: Vec<_> = sent.iter().map(|sent| sent.header("amz-sdk-request")).collect();
    assert_eq!(attempts, ["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"]);
    sent.iter().for_each(assert_unsigned);
}

#[tokio::test]
async fn no_region_is_needed_where_the_endpoint_needs_none() {
    let server = Server::start((0..4).map(|_| Reply::ok("{}")));
    let client = Client::new(&Config::builder().endpoint_url(&server.url).build());
    client.call(&SignUp {}).await.expect("an answer");
    client.call(&RuledSignUp {}).await.expect("an answer");
    // What was found for them is not what a signed call goes by.
    let error = client.call(&RuledSignIn {}).await.expect_err("no region");
    assert!(error.to_string().contains("no region: searched"), "{error}");
    client.call(&RuledSignUp {}).await.expect("an answer");
    server.requests().iter().for_each(assert_unsigned);
}

/// The line of an error of the configuration.
async fn line<O: Operation>(config: ConfigBuilder, request: &O) -> String {
    let config = config.retry(RetryConfig::disabled()).build();
    Client::new(&config).call(request).await.expect_err("an error").to_string()
}

#[tokio::test]
async fn a_region_that_the_endpoint_needs_must_be_there() {
    for line in
        [line(Config::builder(), &SignUp {}).await, line(Config::builder(), &RuledSignUp {}).await]
    {
        assert!(line.contains("no region: searched the configuration in code"), "{line}");
    }
    let at = |region: &str| Config::builder().region(region);
    let bad = line(at("a/b").endpoint_url("http://127.0.0.1:1"), &SignUp {}).await;
    assert!(bad.contains("\"a/b\" from the configuration in code is not a label"), "{bad}");
    let nowhere = line(at("nowhere"), &RuledSignUp {}).await;
    assert!(nowhere.contains("in the region \"nowhere\": nowhere is nowhere"), "{nowhere}");
    let there = line(at("r"), &RuledSignUp {}).await;
    assert!(there.contains("(host 127.0.0.1:1)"), "{there}");
}

/// An instance would be asked for minutes at worst, and by every call anew.
#[cfg(feature = "aws-config")]
#[tokio::test]
async fn the_metadata_of_an_instance_is_asked_only_where_the_region_is_needed() {
    let server = Server::start([Reply::ok("{}")]);
    let lifetime = [("x-aws-ec2-metadata-token-ttl-seconds", "60")];
    let metadata = Server::start([Reply::new(200, &lifetime, "token"), Reply::ok("eu-west-1")]);
    let variables = [("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.url.as_str())];
    let environment = variables.into_iter().collect();
    let builder = || Config::builder().retry(RetryConfig::disabled());
    let custom = builder().endpoint_url(&server.url).load(&environment).await.expect("loaded");
    Client::new(&custom).call(&SignUp {}).await.expect("an answer");
    assert_eq!(metadata.requests().len(), 0);
    let found = builder().load(&environment).await.expect("loaded");
    let error = Client::new(&found).call(&RuledSignUp {}).await.expect_err("nobody there");
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert_eq!(found.region(), Some("eu-west-1"));
}

/// The date of an answer says nothing of a signature that was not there.
#[tokio::test]
async fn the_clock_is_not_set_by_what_was_not_signed() {
    let ahead = SystemTime::now() + Duration::from_secs(7200);
    let date = DateTime::from(ahead).fmt(Format::HttpDate).expect("a date");
    let headers = [("x-amzn-errortype", "AccessDeniedException"), ("date", &*date)];
    let server = Server::start([Reply::new(403, &headers, ""), Reply::ok("{}")]);
    let client = support::client(&server.url);
    let error: Error<PingError> = client.call(&SignUp {}).await.expect_err("refused");
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));
    client.call(&PingRequest).await.expect("an answer");
    let time = server.requests()[1].header("x-amz-date").to_owned();
    let wrong = DateTime::from(ahead).fmt(Format::DateTime).expect("a time");
    assert_ne!(time[..11], wrong.replace(['-', ':'], "")[..11]);
}

#[test]
fn blocking_clients_ask_for_nothing_either() {
    let server = Server::start([Reply::ok("{}")]);
    let environment = ALONE.into_iter().collect();
    let config = Config::builder().endpoint_url(&server.url);
    let config = config.load_blocking(&environment).expect("loaded");
    longshore_runtime::blocking::Client::new(&config).call(&SignUp {}).expect("an answer");
    assert_unsigned(&server.request());
}
