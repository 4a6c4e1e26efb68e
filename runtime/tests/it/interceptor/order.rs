//! The order of hooks, and the data about a call and its attempts that they receive.

use std::sync::{Arc, Mutex};

use super::recorder::Recorder;
#[cfg(feature = "credential-chain")]
use crate::support::credential_sources::{BASE, assume_role_response, call_with, home};
use crate::support::server::{CannedResponse, Server};
use crate::support::service::{PingRequest, PutImageRequest};
use crate::support::{config, timed_client};
#[cfg(feature = "credential-chain")]
use longshore_runtime::Config;
use longshore_runtime::intercept::{
    AttemptEnd, AttemptRequest, CallEnd, CallInfo, HookResult, Interceptor,
};
use longshore_runtime::{Client, RetryConfig};

#[tokio::test]
async fn each_hook_is_called_for_all_interceptors_in_their_order() {
    let server = Server::start([CannedResponse::unavailable(), CannedResponse::ok("{}")]);
    let first = Recorder::new("first");
    let retry = RetryConfig::standard().delays(false);
    let config = config(&server.url).retry(retry).interceptor(first.clone());
    let config = config.interceptor(first.with_name("second")).build();
    Client::new(&config).call(&PingRequest).await.expect("a response");
    let hooks = [
        "call_started Ping",
        "before_signing 1",
        "before_sending 1",
        "attempt_ended 1 503 Service retryable",
        "before_signing 2",
        "before_sending 2",
        "attempt_ended 2 200",
        "call_ended 2",
    ];
    let expected = hooks.iter().flat_map(|hook| ["first ", "second "].map(|name| [name, hook]));
    assert_eq!(first.lines(), expected.map(|line| line.concat()).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_configuration_made_from_another_one_adds_to_its_interceptors() {
    let server = Server::start([CannedResponse::ok("{}"), CannedResponse::ok("{}")]);
    let recorder = Recorder::new("one");
    let one = config(&server.url).interceptor(recorder.clone()).build();
    let both = one.to_builder().interceptor(recorder.with_name("two")).build();
    Client::new(&one).call(&PingRequest).await.expect("a response");
    Client::new(&both).call(&PingRequest).await.expect("a response");
    let starts = recorder.lines().into_iter().filter(|line| line.contains("call_started"));
    let expected = ["one call_started Ping", "one call_started Ping", "two call_started Ping"];
    assert_eq!(starts.collect::<Vec<_>>(), expected);
}

/// Records the properties of calls and attempts.
#[derive(Debug, Default)]
struct Facts {
    ids: Mutex<Vec<u64>>,
    lines: Mutex<Vec<String>>,
}

impl Facts {
    fn see(&self, call: &CallInfo<'_>) {
        self.ids.lock().expect("the IDs").push(call.id());
    }

    fn record(&self, line: String) {
        self.lines.lock().expect("the lines").push(line);
    }
}

impl Interceptor for Facts {
    fn call_started(&self, call: &CallInfo<'_>) -> HookResult {
        self.see(call);
        self.record(format!("{} {} {:?}", call.service(), call.operation(), call.region()));
        Ok(())
    }

    fn before_signing(&self, attempt: &mut AttemptRequest<'_>) -> HookResult {
        self.see(attempt.call());
        let target = attempt.headers().get("X-Amz-Target").cloned();
        self.record(format!(
            "{} {} {} bytes {target:?}",
            attempt.method(),
            attempt.host(),
            attempt.body_len()
        ));
        Ok(())
    }

    fn attempt_ended(&self, end: &AttemptEnd<'_>) {
        self.see(end.call());
        let header = end.headers().and_then(|headers| headers.get("x-amzn-requestid").cloned());
        self.record(format!("{:?} {:?} {header:?}", end.status(), end.request_id()));
    }

    fn call_ended(&self, end: &CallEnd<'_>) {
        self.see(end.call());
    }
}

#[tokio::test]
async fn hooks_see_the_call_the_request_and_the_response() {
    let server = Server::start([CannedResponse::ok("{}"), CannedResponse::ok("{}")]);
    let facts = Arc::new(Facts::default());
    let client = Client::new(&config(&server.url).interceptor(Arc::clone(&facts)).build());
    let request = PutImageRequest::new("a", "b");
    client.call(&request).await.expect("a response");
    let host = server.url.strip_prefix("http://").expect("a URL");
    let length = server.request().body.len();
    let expected = [
        "Test REGISTRY-Public PutImage Some(\"eu-west-1\")".to_owned(),
        format!("POST {host} {length} bytes Some(\"TestRegistry_V20150921.PutImage\")"),
        "Some(200) Some(\"request-1\") Some(\"request-1\")".to_owned(),
    ];
    assert_eq!(*facts.lines.lock().expect("the lines"), expected);

    client.call(&request).await.expect("a response");
    let ids = facts.ids.lock().expect("the IDs").clone();
    assert_eq!(ids.len(), 8);
    let [first, second] = [&ids[..4], &ids[4..]];
    assert!(first.iter().all(|id| *id == ids[0]) && second.iter().all(|id| *id == ids[4]));
    assert_ne!(ids[0], ids[4]);
}

#[tokio::test(start_paused = true)]
async fn a_failed_call_has_the_class_of_its_last_attempt() {
    let throttled = || CannedResponse::error_code(400, "ThrottlingException");
    let server = Server::start([throttled(), throttled(), throttled()]);
    let recorder = Recorder::new("");
    let client = timed_client(&server, |config| config.interceptor(recorder.clone())).0;
    client.call(&PingRequest).await.expect_err("an error");
    let ends = recorder.lines().into_iter().filter(|line| line.contains("ended"));
    let class = "Service ThrottlingException retryable throttling";
    let expected = (1..=3).map(|number| format!("attempt_ended {number} 400 {class}"));
    let expected = expected.chain([format!("call_ended 3 {class}")]);
    assert_eq!(ends.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

#[cfg(feature = "credential-chain")]
#[tokio::test]
async fn the_requests_of_the_credential_chain_have_no_hooks() {
    let sts = Server::start([assume_role_response("AssumeRole")]);
    let home = home(&format!(
        "[default]\nregion = r-1\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n{BASE}"
    ));
    let recorder = Recorder::new("");
    let builder = Config::builder().interceptor(recorder.clone());
    let variables = [("AWS_ENDPOINT_URL_STS", sts.url.as_str())];
    call_with(builder, home.path(), &variables).await.expect("a request");
    assert_eq!(sts.requests().len(), 1);
    let expected = [
        "call_started Ping",
        "before_signing 1",
        "before_sending 1",
        "attempt_ended 1 200",
        "call_ended 1",
    ];
    assert_eq!(recorder.lines(), expected);
}
