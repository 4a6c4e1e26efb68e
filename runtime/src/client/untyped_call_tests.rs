//! Tests which steps of a call are repeated for each attempt. Everything else about attempts is
//! tested over sockets.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Method, Request, Response, header};

use crate::client::rate_limit::send_rate::Feedback;
use crate::client::response::known_errors::KnownErrors;
use crate::{
    AccountIdEndpointMode, Credentials, CredentialsFuture, Endpoint, EndpointContext,
    EndpointError, EndpointParameters, EndpointRules, ProvideCredentials, RetryConfig, Service,
    Transport, TransportError, TransportErrorKind,
};

use super::*;

const SERVICE: Service = Service::new("Test").signing_name("test");

const OPERATION: OperationInfo = OperationInfo {
    service: &SERVICE,
    name: "Test",
    errors: KnownErrors { codes: &[], aliases: &[], retryable: &[], secret: &[] },
    signed: true,
    compression: None,
    checksum: None,
    output: (&[], &[]),
    binds_headers: false,
};

const ACCOUNT_SERVICE: Service =
    SERVICE.endpoint_rules(EndpointRules::new(endpoint_of_account).per_account());

const ACCOUNT_OPERATION: OperationInfo = OperationInfo { service: &ACCOUNT_SERVICE, ..OPERATION };

fn endpoint_of_account(parameters: &EndpointParameters<'_>) -> Result<Endpoint, EndpointError> {
    let account_id = parameters.get_account_id().ok_or_else(EndpointError::no_rule)?;
    Ok(Endpoint::new(format!("http://{account_id}.test.example")))
}

/// Returns a new access key of another account for each request. The expiration is the same.
#[derive(Debug, Default)]
struct NewKeys(AtomicU32, Option<SystemTime>);

impl ProvideCredentials for NewKeys {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        let credentials = Credentials::new(format!("KEY{number}"), "secret", None, self.1, "test");
        CredentialsFuture::ready(Ok(credentials.with_account_id(number.to_string())))
    }
}

/// A request without members.
fn request(path: &'static str) -> EncodedRequest<'static> {
    let request = WireRequest::new(Method::POST, path);
    EncodedRequest { request, context: EndpointContext::new(), host_prefix: None }
}

/// Fails to connect, and records the URLs and the signatures.
#[derive(Debug, Default)]
struct Unreachable(Mutex<Vec<(String, String)>>);

impl Transport for Unreachable {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let signature = request.headers()[header::AUTHORIZATION].to_str().expect("text");
        let sent = (request.uri().to_string(), signature.to_owned());
        self.0.lock().expect("the list").push(sent);
        let error = TransportError::new(TransportErrorKind::Connect, "nothing listens there");
        Box::pin(std::future::ready(Err(error)))
    }
}

/// The credentials may expire while a call waits for its next attempt.
#[tokio::test(start_paused = true)]
async fn credentials_are_requested_for_every_attempt() {
    let transport = Arc::new(Unreachable::default());
    let config = Config::builder()
        .region("r-1")
        .endpoint_url("http://test.example")
        .uncached_credentials(NewKeys::default())
        .transport(Arc::clone(&transport));
    let (config, state) = (config.build(), ClientState::default());
    let CallResult { call, result } = run(&config, &state, &OPERATION, Ok(request("/"))).await;
    assert_eq!((call.summary.attempts, result.is_err()), (3, true));
    for (number, (_, signature)) in transport.0.lock().expect("the list").iter().enumerate() {
        assert!(signature.contains(&format!("Credential=KEY{number}/")), "{signature}");
    }
}

/// The credentials of an attempt may belong to another account than those of the endpoint.
#[tokio::test(start_paused = true)]
async fn every_attempt_is_sent_to_the_account_that_signs_it() {
    let transport = Arc::new(Unreachable::default());
    let config = Config::builder()
        .region("r-1")
        .uncached_credentials(NewKeys::default())
        .transport(Arc::clone(&transport));
    let (config, state) = (config.build(), ClientState::default());
    let request = Ok(request("/path"));
    let CallResult { call, result } = run(&config, &state, &ACCOUNT_OPERATION, request).await;
    assert_eq!((call.summary.attempts, result.is_err()), (3, true));
    for (number, (url, signature)) in (1..).zip(&*transport.0.lock().expect("the list")) {
        assert_eq!(*url, format!("http://{number}.test.example/path"));
        assert!(signature.contains(&format!("Credential=KEY{number}/")), "{signature}");
    }
}

/// In this mode, the only request for credentials is that for the signature.
#[tokio::test]
async fn disabled_account_endpoints_request_no_credentials() {
    const SERVICE: Service = self::SERVICE.endpoint_rules(
        EndpointRules::new(|_| Ok(Endpoint::new("http://test.example"))).per_account(),
    );
    const OPERATION: OperationInfo = OperationInfo { service: &SERVICE, ..self::OPERATION };
    let transport = Arc::new(Unreachable::default());
    let config = Config::builder()
        .region("r-1")
        .account_id_endpoint_mode(AccountIdEndpointMode::Disabled)
        .retry(RetryConfig::disabled())
        .uncached_credentials(NewKeys::default())
        .transport(Arc::clone(&transport));
    let (config, state) = (config.build(), ClientState::default());
    assert!(run(&config, &state, &OPERATION, Ok(request("/"))).await.result.is_err());
    let sent = transport.0.lock().expect("the list").clone();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].1.contains("Credential=KEY0/"), "{sent:?}");
}

#[tokio::test(start_paused = true)]
async fn credentials_that_expire_during_the_wait_for_a_permit_are_requested_again() {
    let now = SystemTime::now();
    let [soon, later] = [5, 3600].map(|seconds| Some(now + Duration::from_secs(seconds)));
    for (expiration, key) in [(None, "KEY0/"), (later, "KEY0/"), (soon, "KEY1/")] {
        let transport = Arc::new(Unreachable::default());
        let retry = RetryConfig::adaptive().max_attempts(1);
        let config = Config::builder()
            .region("r-1")
            .endpoint_url("http://test.example")
            .retry(retry)
            .uncached_credentials(NewKeys(AtomicU32::new(0), expiration))
            .transport(Arc::clone(&transport));
        let (config, state) = (config.build(), ClientState::default());
        state.rate_limiter(retry).expect("a limiter").attempt_ended(Feedback::Throttling);
        assert!(run(&config, &state, &OPERATION, Ok(request("/"))).await.result.is_err());
        let sent = transport.0.lock().expect("the list").clone();
        assert!(sent.len() == 1 && sent[0].1.contains(key), "{expiration:?}: {sent:?}");
    }
}

/// The credentials of the next call may belong to another account.
#[tokio::test]
async fn the_endpoint_of_an_account_is_used_for_one_call_only() {
    let transport = Arc::new(Unreachable::default());
    let config = Config::builder()
        .region("r-1")
        .retry(RetryConfig::disabled())
        .uncached_credentials(NewKeys::default())
        .transport(Arc::clone(&transport));
    let (config, state) = (config.build(), ClientState::default());
    for _ in 0..2 {
        let called = run(&config, &state, &ACCOUNT_OPERATION, Ok(request("/"))).await;
        assert!(called.result.is_err());
    }
    let sent = transport.0.lock().expect("the list").clone();
    let urls: Vec<_> = sent.iter().map(|(url, _)| url.as_str()).collect();
    // Each call requests credentials for its endpoint and then for its only attempt, which is sent
    // to the account of the latter.
    assert_eq!(urls, ["http://1.test.example/", "http://3.test.example/"]);
}
