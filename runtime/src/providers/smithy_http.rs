//! Adapts the transport to the HTTP client trait of `aws-config`, so that its requests use the same
//! limits, root certificates and proxies as the calls of services.
//!
//! Each request uses a new connection. Requests for credentials are rare, so idle connections are
//! likely to be stale, and `aws-config` does not retry them for every source.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aws_config::provider_config::ProviderConfig;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use bytes::Bytes;

use crate::tokio_runtime::requirements::{MissingRuntime, check_timers};
use crate::{NewConnection, Transport, TransportError, TransportErrorKind};

/// An HTTP client of `aws-config` that sends over a transport.
#[derive(Clone)]
pub(super) struct SmithyHttp(pub(super) Arc<dyn Transport>);

/// Sends requests within a time limit.
struct SmithyConnector {
    transport: Arc<dyn Transport>,
    limit: Option<Duration>,
}

impl SmithyHttp {
    /// A provider configuration that uses this client.
    pub(super) fn provider_config(&self) -> ProviderConfig {
        ProviderConfig::without_region().with_http_client(self.clone())
    }

    /// Checks that there is a tokio runtime with timers. Without one, aws-config would panic.
    pub(super) fn check_runtime(&self) -> Result<(), MissingRuntime> {
        check_timers()
    }
}

/// Omits the transport, whose `Debug` may print requests.
impl fmt::Debug for SmithyHttp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmithyHttp")
    }
}

impl fmt::Debug for SmithyConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmithyConnector")
    }
}

impl HttpClient for SmithyHttp {
    /// A transport has no time limits per request, so the connect and read timeouts of the settings
    /// are added up to one limit around it.
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let connect = settings.connect_timeout().unwrap_or_default();
        // Without a read timeout the whole request has no limit.
        let limit = settings.read_timeout().map(|read| read + connect);
        SharedHttpConnector::new(SmithyConnector { transport: Arc::clone(&self.0), limit })
    }
}

impl HttpConnector for SmithyConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (transport, limit) = (Arc::clone(&self.transport), self.limit);
        HttpConnectorFuture::new(async move {
            let mut request = from_smithy(request)?;
            request.extensions_mut().insert(NewConnection);
            let sent = transport.send(request);
            let response = match limit {
                None => sent.await,
                Some(limit) => tokio::time::timeout(limit, sent).await.unwrap_or_else(|_| {
                    let text = format!("no response within {} s", limit.as_secs_f32());
                    Err(TransportError::new(TransportErrorKind::Timeout, text))
                }),
            };
            to_smithy(response.map_err(connector_error)?)
        })
    }
}

fn from_smithy(request: HttpRequest) -> Result<http::Request<Bytes>, ConnectorError> {
    let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
    let (parts, body) = request.into_parts();
    let body = body.bytes().map(Bytes::copy_from_slice);
    let body = body.ok_or_else(|| ConnectorError::user("the body is a stream".into()))?;
    Ok(http::Request::from_parts(parts, body))
}

fn to_smithy(response: http::Response<Bytes>) -> Result<HttpResponse, ConnectorError> {
    let response = HttpResponse::try_from(response.map(Into::into));
    response.map_err(|error| ConnectorError::other(error.into(), None))
}

fn connector_error(error: TransportError) -> ConnectorError {
    let timeout = error.is_timeout();
    let kind = error.kind();
    let error = Box::new(error);
    match kind {
        _ if timeout => ConnectorError::timeout(error),
        TransportErrorKind::TooLarge | TransportErrorKind::Unusable => {
            ConnectorError::other(error, None)
        }
        _ => ConnectorError::io(error),
    }
}
