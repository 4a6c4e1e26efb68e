//! From a URL to a connection: name, TCP, proxy and TLS, all within one limit of time.
//!
//! It knows nothing of what is going to be sent over the connection.

use std::sync::Arc;
use std::task::{Context, Poll};

use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tower_service::Service;

use crate::http::activity::Watched;
use crate::http::authority::is_https;
use crate::http::builder::Settings;
use crate::http::limits::connected_within;
use crate::http::proxy::tunnel::{self, ProxyError};
use crate::http::transport::{BoxError, BoxFuture};

type Connecting<T> = BoxFuture<'static, Result<T, BoxError>>;

type Tcp = <HttpConnector as Service<Uri>>::Response;
/// To the host, or to the proxy, which may itself speak TLS.
type Way = MaybeHttpsStream<Tcp>;
/// To the host, by TLS where it speaks that.
type Connection = TokioIo<Watched<MaybeHttpsStream<Way>>>;

/// Opens connections.
#[derive(Clone)]
pub(crate) struct Connector {
    inner: HttpsConnector<Route>,
    settings: Arc<Settings>,
}

impl Connector {
    pub(crate) fn new(settings: &Arc<Settings>, tls: Arc<ClientConfig>) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let route = Route { tcp, tls: Arc::clone(&tls), settings: Arc::clone(settings) };
        Self { inner: HttpsConnector::from((route, tls)), settings: Arc::clone(settings) }
    }
}

impl Service<Uri> for Connector {
    type Response = Connection;
    type Error = BoxError;
    type Future = Connecting<Connection>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let timed = self.settings.read_limit.is_some();
        let proxied = self.settings.proxies.handed(&target).is_some();
        let limit = self.settings.connect_limit;
        let connecting = self.inner.call(target);
        Box::pin(async move {
            let io = connected_within(limit, connecting).await?;
            Ok(Watched::new(io, timed, proxied))
        })
    }
}

/// Goes to the host itself, or through the proxy for it.
#[derive(Clone)]
struct Route {
    tcp: HttpConnector,
    tls: Arc<ClientConfig>,
    settings: Arc<Settings>,
}

impl Service<Uri> for Route {
    type Response = Way;
    type Error = BoxError;
    type Future = Connecting<Way>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let Some(proxy) = self.settings.proxies.of(&target).cloned() else {
            let connecting = self.tcp.call(target);
            return Box::pin(async move { Ok(MaybeHttpsStream::Http(connecting.await?)) });
        };
        let mut to_proxy = HttpsConnector::from((self.tcp.clone(), Arc::clone(&self.tls)));
        let connecting = to_proxy.call(proxy.uri().clone());
        Box::pin(async move {
            let way = connecting.await.map_err(|error| ProxyError::unreachable(&proxy, error))?;
            if is_https(&target) {
                return Ok(tunnel::open(way, &proxy, &target).await?);
            }
            Ok(way)
        })
    }
}
