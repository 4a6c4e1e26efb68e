//! Tests which steps of a call are repeated for each attempt. Everything else about attempts is
//! tested over sockets.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use http::{Method, Request, Response, header};

use crate::client::response::known_errors::KnownErrors;
use crate::{
    Credentials, CredentialsFuture, ProvideCredentials, Service, Transport, TransportError,
    TransportErrorKind,
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

/// Returns a new access key for each request.
#[derive(Debug, Default)]
struct NewKeys(AtomicU32);

impl ProvideCredentials for NewKeys {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        let key = format!("KEY{}", self.0.fetch_add(1, Ordering::Relaxed));
        CredentialsFuture::ready(Ok(Credentials::new(key, "secret", None, None, "test")))
    }
}

/// Fails to connect, and records the signatures.
#[derive(Debug, Default)]
struct Unreachable(Mutex<Vec<String>>);

impl Transport for Unreachable {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let signature = request.headers()[header::AUTHORIZATION].to_str().expect("text");
        self.0.lock().expect("the list").push(signature.to_owned());
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
    let request = WireRequest::new(Method::POST, "/");
    let request = EncodedRequest { request, context: EndpointContext::new(), host_prefix: None };
    let CallResult { call, result } = run(&config, &state, &OPERATION, Ok(request)).await;
    assert_eq!((call.summary.attempts, result.is_err()), (3, true));
    for (number, signature) in transport.0.lock().expect("the list").iter().enumerate() {
        assert!(signature.contains(&format!("Credential=KEY{number}/")), "{signature}");
    }
}
