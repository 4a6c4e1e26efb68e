//! Operations whose requests are not signed.

use std::time::{Duration, SystemTime};

use crate::support::http_date::http_date;
use crate::support::server::{CannedResponse, ReceivedRequest, Server};
use crate::support::service::{PingError, PingRequest, SERVICE};
use crate::support::timed_transport::TimedTransport;
use crate::support::{NO_INSTANCE_METADATA, TOKEN, config};
use longshore_runtime::{
    Client, Config, ConfigBuilder, CredentialsError, CredentialsFuture, Endpoint, EndpointError,
    EndpointParameters, EndpointRules, Error, ErrorKind, Operation, ProvideCredentials,
    RetryConfig, Service, Timestamp,
};

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
        #[derive(Clone)]
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

/// A provider that fails.
#[derive(Debug)]
struct FailingProvider;

impl ProvideCredentials for FailingProvider {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        let error = CredentialsError::failed("credentials were requested");
        CredentialsFuture::ready(Err(error))
    }
}

fn assert_unsigned(sent: &ReceivedRequest) {
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
async fn an_unsigned_request_has_no_signature_headers() {
    let server = Server::start([CannedResponse::ok("{}"), CannedResponse::ok("{}")]);
    let config = config(&server.url).credentials(FailingProvider).build();
    Client::new(&config).call(&SignUp {}).await.expect("a response");
    let sent = server.request();
    assert_unsigned(&sent);
    assert_eq!(sent.header("x-amz-target"), "TestRegistry_V20150921.SignUp");
    assert_eq!((sent.line.as_str(), sent.text()), ("POST / HTTP/1.1", "{}"));
    // This also applies if there are credentials.
    crate::support::client(&server.url).call(&SignUp {}).await.expect("a response");
    assert_unsigned(&server.requests()[1]);
    assert!(!format!("{:?}", server.requests()[1]).contains(TOKEN));
}

#[tokio::test]
async fn a_signed_operation_of_the_same_client_still_needs_credentials() {
    let server = Server::start([CannedResponse::ok("{}")]);
    let client = Client::new(&config(&server.url).credentials(FailingProvider).build());
    client.call(&SignUp {}).await.expect("a response");
    let error = client.call(&PingRequest).await.expect_err("no credentials");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credentials, 0));
}

#[tokio::test(start_paused = true)]
async fn an_unsigned_operation_is_retried() {
    let server = Server::start([
        CannedResponse::unavailable(),
        CannedResponse::error_code(400, "SlowDown"),
        CannedResponse::ok("{}"),
    ]);
    let config = Config::builder().endpoint_url(&server.url);
    let config = config.transport(TimedTransport::new(&server)).build();
    Client::new(&config).call(&SignUp {}).await.expect("a response");
    let sent = server.requests();
    let attempts: Vec<_> = sent.iter().map(|sent| sent.header("amz-sdk-request")).collect();
    assert_eq!(attempts, ["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"]);
    sent.iter().for_each(assert_unsigned);
}

#[tokio::test]
async fn an_endpoint_without_a_region_needs_no_region() {
    let server = Server::start((0..4).map(|_| CannedResponse::ok("{}")));
    let client = Client::new(&Config::builder().endpoint_url(&server.url).build());
    client.call(&SignUp {}).await.expect("a response");
    client.call(&RuledSignUp {}).await.expect("a response");
    // A signed call does not use the endpoint that was resolved without a region.
    let error = client.call(&RuledSignIn {}).await.expect_err("no region");
    assert!(error.to_string().contains("no region: searched"), "{error}");
    client.call(&RuledSignUp {}).await.expect("a response");
    server.requests().iter().for_each(assert_unsigned);
}

/// The error message of a call.
async fn error_message<O: Operation>(config: ConfigBuilder, request: &O) -> String {
    let config = config.retry(RetryConfig::disabled()).build();
    Client::new(&config).call(request).await.expect_err("an error").to_string()
}

#[tokio::test]
async fn an_endpoint_that_needs_a_region_requires_one() {
    for line in [
        error_message(Config::builder(), &SignUp {}).await,
        error_message(Config::builder(), &RuledSignUp {}).await,
    ] {
        assert!(line.contains("no region: searched the configuration in code"), "{line}");
    }
    let at = |region: &str| Config::builder().region(region);
    let bad = error_message(at("a/b").endpoint_url("http://127.0.0.1:1"), &SignUp {}).await;
    assert!(bad.contains("\"a/b\" from the configuration in code is not a label"), "{bad}");
    let nowhere = error_message(at("nowhere"), &RuledSignUp {}).await;
    assert!(nowhere.contains("in the region \"nowhere\": nowhere is nowhere"), "{nowhere}");
    let there = error_message(at("r"), &RuledSignUp {}).await;
    assert!(there.contains("(host 127.0.0.1:1)"), "{there}");
}

/// On a machine that is not an instance, each request would have to time out.
#[tokio::test]
async fn instance_metadata_is_requested_only_if_the_region_is_needed() {
    let _clock = crate::support::stopped_clock::StoppedClock::start();
    let server = Server::start([CannedResponse::ok("{}")]);
    let lifetime = [("x-aws-ec2-metadata-token-ttl-seconds", "60")];
    let metadata = Server::start([
        CannedResponse::new(200, &lifetime, "token"),
        CannedResponse::ok("eu-west-1"),
    ]);
    let variables = [("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.url.as_str())];
    let environment = variables.into_iter().collect();
    let builder = || Config::builder().retry(RetryConfig::disabled());
    let custom = builder().endpoint_url(&server.url).load(&environment).await.expect("loaded");
    Client::new(&custom).call(&SignUp {}).await.expect("a response");
    assert_eq!(metadata.requests().len(), 0);
    let found = builder().load(&environment).await.expect("loaded");
    let error = Client::new(&found).call(&RuledSignUp {}).await.expect_err("a refused connection");
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert_eq!(found.region(), Some("eu-west-1"));
}

/// Without a signature, an error does not indicate clock skew.
#[tokio::test]
async fn the_response_to_an_unsigned_request_does_not_correct_the_clock() {
    let ahead = SystemTime::now() + Duration::from_secs(7200);
    let date = http_date(ahead.into());
    let headers = [("x-amzn-errortype", "AccessDeniedException"), ("date", &*date)];
    let server = Server::start([CannedResponse::new(403, &headers, ""), CannedResponse::ok("{}")]);
    let client = crate::support::client(&server.url);
    let error: Error<PingError> = client.call(&SignUp {}).await.expect_err("refused");
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));
    client.call(&PingRequest).await.expect("a response");
    let time = server.requests()[1].header("x-amz-date").to_owned();
    let wrong = Timestamp::from(ahead).to_string();
    assert_ne!(time[..11], wrong.replace(['-', ':'], "")[..11]);
}

#[test]
fn blocking_clients_call_unsigned_operations_without_credentials() {
    let server = Server::start([CannedResponse::ok("{}")]);
    let environment = NO_INSTANCE_METADATA.into_iter().collect();
    let config = Config::builder().endpoint_url(&server.url);
    let config = config.load_blocking(&environment).expect("loaded");
    longshore_runtime::blocking::Client::new(&config).call(&SignUp {}).expect("a response");
    assert_unsigned(&server.request());
}
