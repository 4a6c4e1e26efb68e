//! Provides a transport that captures the request and returns a prepared response, and a client
//! that uses it.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use longshore_runtime::{
    BoxFuture, Client, Config, ConfigBuilder, RetryConfig, Transport, TransportError,
    TransportErrorKind,
};

/// A captured request.
pub(crate) type Sent = http::Request<Bytes>;

/// Captures the last request.
#[derive(Debug)]
pub(crate) struct Capture {
    status: u16,
    headers: Vec<(String, String)>,
    body: Bytes,
    sent: Mutex<Option<Sent>>,
}

impl Capture {
    /// Returns this response.
    pub(crate) fn responding(
        status: u16,
        headers: &[(&'static str, &'static str)],
        body: &'static [u8],
    ) -> Arc<Self> {
        let headers = headers.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        let body = Bytes::from_static(body);
        Arc::new(Self { status, headers: headers.collect(), body, sent: Mutex::default() })
    }

    /// The captured request, if one was sent.
    pub(crate) fn sent(&self) -> Option<Sent> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn response(&self) -> Result<http::Response<Bytes>, http::Error> {
        let response = http::Response::builder().status(self.status);
        let response = self.headers.iter().fold(response, |a, (name, value)| a.header(name, value));
        response.body(self.body.clone())
    }
}

impl Transport for Capture {
    fn send(&self, request: Sent) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        *self.sent.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
        let unusable = |error| TransportError::new(TransportErrorKind::Unusable, error);
        Box::pin(async move { self.response().map_err(unusable) })
    }
}

/// The configuration that all cases use.
pub(crate) fn config(capture: &Arc<Capture>, endpoint: Option<&'static str>) -> ConfigBuilder {
    let config = Config::builder()
        .region("us-east-1")
        .static_credentials("AKIDEXAMPLE", "not-so-secret", None)
        .retry(RetryConfig::disabled())
        .transport(Arc::clone(capture));
    match endpoint {
        Some(endpoint) => config.endpoint_url(endpoint),
        None => config,
    }
}

/// Runs a call to completion.
pub(crate) fn call<F: Future>(
    config: ConfigBuilder,
    call: impl FnOnce(Client) -> F,
) -> Result<F::Output, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let runtime =
        runtime.map_err(|error| format!("cannot create a runtime for the call: {error}"))?;
    let mut output = None;
    // Boxed, so that tokio's loop is compiled only once and not for each of several hundred
    // operations.
    let future: Pin<Box<dyn Future<Output = ()> + '_>> =
        Box::pin(async { output = Some(call(Client::new(&config.build())).await) });
    runtime.block_on(future);
    output.ok_or_else(|| "the call did not finish".to_owned())
}
