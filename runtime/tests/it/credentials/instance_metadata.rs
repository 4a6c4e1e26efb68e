//! Regions and credentials from the metadata service of an instance.

use std::sync::{Arc, Mutex};

use crate::support::closed_port::ClosedPort;
use crate::support::credential_sources::{
    ENDPOINT_VARIABLE, assert_no_secret_logged, assert_signed, call, credentials_json, home,
};
use crate::support::log_collector::ThreadLog;
use crate::support::scripted_transport::ScriptedTransport;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::PingRequest;
use crate::support::stopped_clock::StoppedClock;
use crate::support::timed_transport::TimedTransport;
use crate::support::{TIMER_RESOLUTION, TOKEN, ms};
use longshore_runtime::{
    BoxFuture, Client, Config, Environment, HttpTransport, Timeouts, Transport, TransportError,
};

/// A metadata service of an instance that returns a token and then these responses.
fn metadata(responses: &[&str]) -> Server {
    let ttl = [("x-aws-ec2-metadata-token-ttl-seconds", "21600")];
    let tokens = ["instance-token"].iter().chain(responses);
    Server::start(
        tokens.map(|response| CannedResponse::new(200, &ttl, response)).collect::<Vec<_>>(),
    )
}

#[tokio::test]
async fn an_instance_provides_region_and_credentials() {
    let _clock = StoppedClock::start();
    let log = ThreadLog::start();
    let json = credentials_json();
    let instance = metadata(&["r-2", "instance-token", "my-role", &json]);
    let home = home("");
    let variables = [
        ("AWS_EC2_METADATA_DISABLED", "false"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", instance.url.as_str()),
    ];
    assert_signed(&call(home.path(), &variables).await.expect("a request"), "r-2");
    // Lookups are rare and not always retried, so they use no connection that may be stale.
    let connections = instance.requests().into_iter().map(|request| request.connection);
    assert!(connections.eq(0..5));
    let lines: Vec<_> = instance.requests().into_iter().map(|request| request.line).collect();
    let expected = [
        "PUT /latest/api/token HTTP/1.1",
        "GET /latest/meta-data/placement/region HTTP/1.1",
        "PUT /latest/api/token HTTP/1.1",
        "GET /latest/meta-data/iam/security-credentials/ HTTP/1.1",
        "GET /latest/meta-data/iam/security-credentials/my-role HTTP/1.1",
    ];
    assert_eq!(lines, expected);
    assert_no_secret_logged(&log);
    // The region was not known when the span was created.
    let span = "operation=\"Ping\" region=\"r-2\"";
    assert!(log.text().contains(span), "{}", log.text());
}

#[tokio::test]
async fn instance_metadata_is_requested_once_at_the_first_call() {
    let _clock = StoppedClock::start();
    let json = credentials_json();
    let instance = metadata(&["r-2", "instance-token", "my-role", &json]);
    let service = Server::start((0..20).map(|_| CannedResponse::ok("{}")));
    let variables =
        [("AWS_EC2_METADATA_SERVICE_ENDPOINT", &*instance.url), (ENDPOINT_VARIABLE, &*service.url)];
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
        call.await.expect("no panic").expect("a response");
    }
    assert_eq!((instance.requests().len(), config.region()), (5, Some("r-2")));
    // A configuration derived from this one shares the region and the credentials.
    let other = config.to_builder().validate_requests(true).build();
    assert_eq!(other.region(), Some("r-2"));
    Client::new(&other).call(&PingRequest).await.expect("a response");
    assert_eq!(instance.requests().len(), 5);
}

/// All calls wait for one lookup, whether it fails or not.
#[tokio::test]
async fn calls_without_a_region_share_one_failed_lookup() {
    let _clock = StoppedClock::start();
    let ttl = [("x-aws-ec2-metadata-token-ttl-seconds", "21600")];
    let responses =
        || [CannedResponse::new(200, &ttl, "instance-token"), CannedResponse::new(404, &[], "")];
    let instance = Server::start((0..20).flat_map(|_| responses()));
    let variables = [("AWS_EC2_METADATA_SERVICE_ENDPOINT", &*instance.url)];
    let config = Config::builder().load(&variables.into_iter().collect()).await.expect("loaded");
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let config = config.clone();
            tokio::spawn(async move { Client::new(&config).call(&PingRequest).await })
        })
        .collect();
    for call in calls {
        let error = call.await.expect("no panic").expect_err("no region");
        assert!(error.to_string().contains("no region"), "{error}");
    }
    let lines: Vec<_> = instance.requests().into_iter().map(|request| request.line).collect();
    let expected =
        ["PUT /latest/api/token HTTP/1.1", "GET /latest/meta-data/placement/region HTTP/1.1"];
    assert_eq!(lines, expected);
}

#[tokio::test]
async fn the_metadata_endpoint_can_be_set_in_the_profile() {
    let _clock = StoppedClock::start();
    let instance = metadata(&["r-2"]);
    let keys = "aws_access_key_id = FOUND\naws_secret_access_key = s\naws_session_token = ";
    let home = home(&format!(
        "[default]\nec2_metadata_service_endpoint = {}\n{keys}{TOKEN}\n",
        instance.url
    ));
    let request = call(home.path(), &[("AWS_EC2_METADATA_DISABLED", "False")]).await;
    assert_signed(&request.expect("a request"), "r-2");
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
async fn an_unreachable_instance_is_reported_in_one_line() {
    let _clock = StoppedClock::start();
    let home = home("");
    let port = ClosedPort::new();
    let url = port.url();
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
async fn a_call_that_is_no_longer_polled_does_not_block_others_for_long() {
    use std::task::{Context, Waker};

    let transport = ScriptedTransport::new([None, None, None]);
    let config = Config::builder().transport(transport.clone());
    let config = config.load(&Environment::default()).await.expect("loaded");
    let client = Client::new(&config);
    // This call is stuck, like one on a runtime that is no longer driven.
    let mut stuck = std::pin::pin!(client.call(&PingRequest));
    assert!(stuck.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    let start = tokio::time::Instant::now();
    let hour = std::time::Duration::from_secs(3600);
    let call = tokio::time::timeout(hour, client.call(&PingRequest)).await;
    let line = call.expect("an end").expect_err("an error").to_string();
    assert!(line.contains("no region"), "{line}");
    assert_eq!(transport.requests().len(), 3);
    // Another call takes over after 30 s, and each of its two requests ends after 2 s.
    assert_eq!(start.elapsed().as_secs(), 34);
}

#[tokio::test(start_paused = true)]
async fn an_unresponsive_instance_times_out() {
    let instance = Server::start([CannedResponse::never(), CannedResponse::never()]);
    let variables = [("AWS_EC2_METADATA_SERVICE_ENDPOINT", &*instance.url)];
    // The clock advances only after the instance has received a request.
    let transport = TimedTransport::new(&instance);
    let config = Config::builder().transport(transport.clone());
    let config = config.load(&variables.into_iter().collect()).await.expect("loaded");
    let line = Client::new(&config).call(&PingRequest).await.expect_err("an error").to_string();
    assert!(line.contains("no region") && line.contains("no response within 2 s"), "{line}");
    let lines: Vec<_> = instance.requests().into_iter().map(|request| request.line).collect();
    let expected =
        ["PUT /latest/api/token HTTP/1.1", "GET /latest/meta-data/placement/region HTTP/1.1"];
    assert_eq!(lines, expected);
    for duration in transport.durations() {
        assert!(duration.abs_diff(ms(2000)) <= TIMER_RESOLUTION, "{duration:?}");
    }
}

#[test]
fn the_chain_without_a_runtime_is_an_error_and_not_a_panic() {
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

/// Forwards requests to the default transport and records their paths.
#[derive(Debug, Default)]
struct RecordingTransport(HttpTransport, Mutex<Vec<String>>);

impl Transport for RecordingTransport {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
        self.1.lock().expect("the list").push(request.uri().path().to_owned());
        self.0.send(request)
    }
}

#[tokio::test]
async fn the_chain_uses_the_configured_transport() {
    let _clock = StoppedClock::start();
    let json = credentials_json();
    let responses = ["r-2", "instance-token", "my-role", &json];
    let again = [&["instance-token"], &responses[..]].concat();
    let instance = metadata(&[&responses[..], &again].concat());
    let service = Server::start((0..3).map(|_| CannedResponse::ok("{}")));
    let variables =
        [("AWS_EC2_METADATA_SERVICE_ENDPOINT", &*instance.url), (ENDPOINT_VARIABLE, &*service.url)];
    let counting = Arc::new(RecordingTransport::default());
    let count = || counting.1.lock().expect("the list").len();
    let builder = Config::builder().transport(Arc::clone(&counting));
    let config = builder.load(&variables.into_iter().collect()).await.expect("loaded");
    Client::new(&config).call(&PingRequest).await.expect("a response");
    assert_eq!(count(), 6);
    // An unrelated setting does not discard the credentials.
    let other = config.to_builder().validate_requests(true).region("r-2").build();
    Client::new(&other).call(&PingRequest).await.expect("a response");
    assert_eq!((count(), instance.requests().len()), (7, 5));
    // With another transport, everything is requested again over that one.
    let elsewhere = Arc::new(RecordingTransport::default());
    let other = config.to_builder().transport(Arc::clone(&elsewhere)).build();
    Client::new(&other).call(&PingRequest).await.expect("a response");
    assert_eq!((count(), elsewhere.1.lock().expect("the list").len()), (7, 6));
}

#[tokio::test]
async fn the_chain_uses_the_current_timeouts() {
    let _clock = StoppedClock::start();
    let json = credentials_json();
    let instance = metadata(&["my-role", &json, "instance-token", "my-role", &json]);
    let service = Server::start((0..2).map(|_| CannedResponse::ok("{}")));
    let variables = [
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", &*instance.url),
        (ENDPOINT_VARIABLE, &*service.url),
        ("AWS_REGION", "r-1"),
    ];
    let config = Config::builder().load(&variables.into_iter().collect()).await.expect("loaded");
    Client::new(&config).call(&PingRequest).await.expect("a response");
    let other = config.to_builder().timeouts(Timeouts::none()).build();
    Client::new(&other).call(&PingRequest).await.expect("a response");
    // The credentials are requested again over the transport with the new timeouts.
    assert_eq!(instance.requests().len(), 6);
}
