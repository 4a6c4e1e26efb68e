//! Opens connections: name resolution, TCP, proxy and TLS, within one time limit.
//!
//! It is independent of what is sent over the connection.

use std::sync::Arc;
use std::task::{Context, Poll};

use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tower_service::Service;

use crate::http::activity::TrackedConnection;
use crate::http::authority::is_https;
use crate::http::box_error::BoxError;
use crate::http::limits::with_connect_limit;
use crate::http::proxy::server::Proxy;
use crate::http::proxy::tunnel::{self, ProxyError};
use crate::http::settings::TransportSettings;
use crate::http::stream::Stream;
use crate::http::tls::fault::{Peer, explain_handshake};
use crate::http::transport::BoxFuture;

type ConnectFuture<T> = BoxFuture<'static, Result<T, BoxError>>;

/// A connection to the host, directly or through a proxy, over TLS for `https` URLs.
type Connection = TokioIo<TrackedConnection<MaybeHttpsStream<Stream>>>;

/// Opens connections.
#[derive(Clone)]
pub(crate) struct Connector {
    inner: HttpsConnector<Route>,
    settings: Arc<TransportSettings>,
}

impl Connector {
    pub(crate) fn new(settings: &Arc<TransportSettings>, tls: Arc<ClientConfig>) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let settings = Arc::clone(settings);
        let route = Route { tcp, tls: Arc::clone(&tls), settings: Some(Arc::clone(&settings)) };
        Self { inner: HttpsConnector::from((route, tls)), settings }
    }
}

impl Service<Uri> for Connector {
    type Response = Connection;
    type Error = BoxError;
    type Future = ConnectFuture<Connection>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let track_time = self.settings.read_limit.is_some();
        let proxied = self.settings.proxies.forward_proxy(&target).is_some();
        let limit = self.settings.connect_limit;
        let connecting = self.inner.call(target);
        Box::pin(async move {
            let connected = with_connect_limit(limit, connecting).await;
            let io = connected.map_err(|error| explain_handshake(error, Peer::Server))?;
            Ok(TrackedConnection::new(io, track_time, proxied))
        })
    }
}

/// Connects to the host directly or through its proxy.
#[derive(Clone)]
struct Route {
    tcp: HttpConnector,
    tls: Arc<ClientConfig>,
    /// `None` to connect directly, for example to a proxy.
    settings: Option<Arc<TransportSettings>>,
}

impl Route {
    fn proxy_for(&self, target: &Uri) -> Option<Proxy> {
        self.settings.as_ref()?.proxies.for_target(target).cloned()
    }
}

impl Service<Uri> for Route {
    type Response = Stream;
    type Error = BoxError;
    type Future = ConnectFuture<Stream>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let Some(proxy) = self.proxy_for(&target) else {
            let connecting = self.tcp.call(target);
            return Box::pin(async move { Ok(Stream::new(connecting.await?)) });
        };
        let direct = Self { settings: None, ..self.clone() };
        let mut to_proxy = HttpsConnector::from((direct, Arc::clone(&self.tls)));
        let connecting = to_proxy.call(proxy.uri().clone());
        Box::pin(async move {
            let stream = connecting.await.map_err(|error| {
                ProxyError::unreachable(&proxy, explain_handshake(error, Peer::Proxy))
            })?;
            if is_https(&target) {
                // The activity of the tunnel is not used. With the wrapper, its stream has the same
                // type as a connection to a host, so that hyper's code is compiled only once.
                let connection = TrackedConnection::new(stream, false, false);
                return Ok(Stream::new(tunnel::open(connection, &proxy, &target).await?));
            }
            Ok(Stream::new(stream))
        })
    }
}
