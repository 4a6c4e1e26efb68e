//! What an attempt asks for anew; everything else of the attempts is tested over sockets.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use aws_credential_types::provider::future;
use http::Response;

use crate::client::answer::KnownErrors;
use crate::{Config, Credentials, Service, Transport};

use super::*;

const SERVICE: Service = Service::new("Test").signing_name("test");

const CALL: Call = Call {
    service: &SERVICE,
    operation: "Test",
    known: KnownErrors { codes: &[], aliases: &[], retryable: &[] },
    signed: true,
    compression: None,
};

/// Gives a new access key whenever it is asked.
#[derive(Debug, Default)]
struct Keys(AtomicU32);

impl ProvideCredentials for Keys {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let key = format!("KEY{}", self.0.fetch_add(1, Ordering::Relaxed));
        future::ProvideCredentials::ready(Ok(Credentials::new(key, "secret", None, None, "test")))
    }
}

/// Never connects, and keeps the signatures.
#[derive(Debug, Default)]
struct Cut(Mutex<Vec<String>>);

impl Transport for Cut {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let signature = request.headers()[header::AUTHORIZATION].to_str().expect("text");
        self.0.lock().expect("the list").push(signature.to_owned());
        let error = TransportError::new(TransportErrorKind::Connect, "nobody is there");
        Box::pin(std::future::ready(Err(error)))
    }
}

/// They may have expired while the call waited for its next attempt.
#[tokio::test(start_paused = true)]
async fn credentials_are_asked_for_again_for_every_attempt() {
    let cut = Arc::new(Cut::default());
    let config = Config::builder()
        .region("r-1")
        .endpoint_url("http://test.example")
        .uncached_credentials(Keys::default())
        .transport(Arc::clone(&cut));
    let client = Client::new(&config.build());
    let message =
        Message { body: Bytes::new(), context: EndpointContext::new(), host_prefix: None };
    let outcome = exchange(&client, &CALL, message).await;
    assert_eq!((outcome.effort.attempts, outcome.result.is_err()), (3, true));
    for (number, signature) in cut.0.lock().expect("the list").iter().enumerate() {
        assert!(signature.contains(&format!("Credential=KEY{number}/")), "{signature}");
    }
}
