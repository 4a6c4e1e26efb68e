//! Our transport as `aws-config` wants it, so that roles, SSO and instances are asked over the same
//! connections, roots and proxies as the services.

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
use tokio::runtime::Handle;

use crate::{Transport, TransportError, TransportErrorKind};

/// Makes connectors that all send over one transport.
#[derive(Clone)]
pub(crate) struct SmithyHttp(pub(crate) Arc<dyn Transport>);

/// Sends a request within a limit of time.
struct Connector {
    transport: Arc<dyn Transport>,
    limit: Option<Duration>,
}

impl SmithyHttp {
    /// The beginning of every provider's configuration.
    pub(crate) fn provider_config(&self) -> ProviderConfig {
        ProviderConfig::without_region().with_http_client(self.clone())
    }

    /// What aws-config does needs a runtime of tokio, without which it would panic.
    pub(crate) fn check_runtime(&self) -> Result<(), &'static str> {
        Handle::try_current().map(|_| ()).map_err(|_| "there is no tokio runtime here")
    }
}

/// Without that of the transport, which may keep requests.
impl fmt::Debug for SmithyHttp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmithyHttp")
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector")
    }
}

impl HttpClient for SmithyHttp {
    /// A transport has no limits of time for a single request, so that the two of the settings
    /// become one around it.
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let limits = [settings.connect_timeout(), settings.read_timeout()];
        // No read limit is no limit for the whole.
        let limit = limits[1].map(|read| read + limits[0].unwrap_or_default());
        SharedHttpConnector::new(Connector { transport: Arc::clone(&self.0), limit })
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (transport, limit) = (Arc::clone(&self.transport), self.limit);
        HttpConnectorFuture::new(async move {
            let request = taken(request)?;
            let sent = transport.send(request);
            let response = match limit {
                None => sent.await,
                Some(limit) => tokio::time::timeout(limit, sent).await.unwrap_or_else(|_| {
                    let text = format!("no answer within {} s", limit.as_secs_f32());
                    Err(TransportError::new(TransportErrorKind::Timeout, text))
                }),
            };
            given(response.map_err(failure)?)
        })
    }
}

fn taken(request: HttpRequest) -> Result<http::Request<Bytes>, ConnectorError> {
    let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
    let (head, body) = request.into_parts();
    let body = body.bytes().map(Bytes::copy_from_slice);
    let body = body.ok_or_else(|| ConnectorError::user("the body is a stream".into()))?;
    Ok(http::Request::from_parts(head, body))
}

fn given(response: http::Response<Bytes>) -> Result<HttpResponse, ConnectorError> {
    let response = HttpResponse::try_from(response.map(Into::into));
    response.map_err(|error| ConnectorError::other(error.into(), None))
}

fn failure(error: TransportError) -> ConnectorError {
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
