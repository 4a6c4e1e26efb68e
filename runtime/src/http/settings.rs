//! The settings of the default transport.

use std::fmt;
use std::time::Duration;

use http::Uri;

use crate::http::DEFAULT_CONNECT_LIMIT;
use crate::http::authority::is_https;
use crate::http::proxy::proxies::Proxies;
use crate::http::tls::tls::Tls;

/// The default maximum number of idle connections per host and tokio runtime.
///
/// A client with more concurrent calls than this has to open new connections repeatedly.
/// Connections that are not used are closed after [`IDLE_TIME`].
pub(crate) const IDLE_CONNECTIONS: usize = 1024;

/// The default time for which an idle connection is kept. It is shorter than the idle timeout of
/// most servers.
pub(crate) const IDLE_TIME: Duration = Duration::from_secs(20);

/// By default, a connection counts as stale if it ends within this time after the first byte of a
/// request.
///
/// If the server closed the connection before it received the request, the client notices at once
/// or after one round trip, which takes 1 to 5 ms within a region. A server that reads a request,
/// begins to process it and then fails rarely does so within this time. Over longer distances, a
/// stale connection may be mistaken for a failed one, which is retried with a delay.
pub(crate) const STALE_WINDOW: Duration = Duration::from_millis(10);

/// The settings of a transport.
#[derive(Debug)]
pub(crate) struct TransportSettings {
    pub(crate) connect_limit: Option<Duration>,
    pub(crate) read_limit: Option<Duration>,
    pub(crate) proxies: Proxies,
    pub(crate) tls: Tls,
    pub(crate) idle_connections: usize,
    pub(crate) idle_time: Duration,
    /// `None` if no connection counts as stale.
    pub(crate) stale_window: Option<Duration>,
}

impl TransportSettings {
    /// Returns true if a connection to `target` uses TLS, to the host or to its proxy.
    pub(crate) fn needs_tls(&self, target: &Uri) -> bool {
        is_https(target) || self.proxies.for_target(target).is_some_and(|proxy| proxy.uses_tls())
    }
}

impl Default for TransportSettings {
    fn default() -> Self {
        Self {
            connect_limit: Some(DEFAULT_CONNECT_LIMIT),
            read_limit: None,
            proxies: Proxies::none(),
            tls: Tls::default(),
            idle_connections: IDLE_CONNECTIONS,
            idle_time: IDLE_TIME,
            stale_window: Some(STALE_WINDOW),
        }
    }
}

impl TransportSettings {
    /// Formats the settings as the fields of a struct called `name`.
    pub(crate) fn fmt_fields(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("connect_limit", &self.connect_limit)
            .field("read_limit", &self.read_limit)
            .field("proxies", &self.proxies)
            .field("root_certificates", self.tls.roots())
            .field("idle_connections", &self.idle_connections)
            .field("idle_time", &self.idle_time)
            .field("stale_window", &self.stale_window)
            .finish()
    }
}
