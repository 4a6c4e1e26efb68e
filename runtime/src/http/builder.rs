//! The builder of the default transport.
//!
//! Builds values only; no connection is opened here.

use std::fmt;
use std::time::Duration;

use crate::http::settings::{self, TransportSettings};
use crate::http::tls::tls::Tls;
use crate::{HttpTransport, Proxies, RootCertificates};

/// Builds an [`HttpTransport`].
///
/// ```
/// use std::time::Duration;
///
/// use longshore_runtime::{HttpTransport, Proxies};
///
/// # fn main() -> Result<(), longshore_runtime::ConfigError> {
/// let transport = HttpTransport::builder()
///     .read_limit(Duration::from_secs(30))
///     .proxies(Proxies::all("http://proxy.example:3128")?)
///     .build();
/// # let _ = transport;
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
#[must_use]
pub struct HttpTransportBuilder(TransportSettings);

impl HttpTransportBuilder {
    /// The default maximum number of idle connections per host and tokio runtime.
    pub const IDLE_CONNECTIONS: usize = settings::IDLE_CONNECTIONS;

    /// The default time for which an idle connection is kept. It is shorter than the idle timeout
    /// of most servers.
    pub const IDLE_TIME: Duration = settings::IDLE_TIME;

    /// The default [`stale_window`](Self::stale_window): 10 ms. If the server had already closed
    /// the connection, the client notices within this time unless the server is far away. A server
    /// that fails while it processes a request rarely fails that soon.
    pub const STALE_WINDOW: Duration = settings::STALE_WINDOW;

    /// Sets the limit for opening a connection, which covers name resolution, TCP, proxy and TLS.
    /// Defaults to [`Timeouts::CONNECT`](crate::Timeouts::CONNECT). With `None` only the limits of
    /// the operating system apply.
    pub fn connect_limit(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.0.connect_limit = limit.into();
        self
    }

    /// Sets the maximum time without receiving a byte, from the end of the request to the first
    /// byte of the response and between reads after it. While the request is being sent, the time
    /// counts from the last byte that the operating system accepted. By default there is no limit.
    pub fn read_limit(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.0.read_limit = limit.into();
        self
    }

    /// Sets the proxies. By default there are none: unlike
    /// [`Config::from_env`](crate::Config::from_env), a transport does not read the environment.
    pub fn proxies(mut self, proxies: Proxies) -> Self {
        self.0.proxies = proxies;
        self
    }

    /// Sets the trusted root certificates. Defaults to those of the operating system.
    pub fn root_certificates(mut self, roots: RootCertificates) -> Self {
        self.0.tls = Tls::new(roots);
        self
    }

    /// Sets the maximum number of idle connections per host and tokio runtime. Defaults to
    /// [`IDLE_CONNECTIONS`](Self::IDLE_CONNECTIONS). With 0, every request opens a new connection.
    pub fn idle_connections(mut self, max: usize) -> Self {
        self.0.idle_connections = max;
        self
    }

    /// Sets the time for which an idle connection is kept. Defaults to
    /// [`IDLE_TIME`](Self::IDLE_TIME).
    pub fn idle_time(mut self, limit: Duration) -> Self {
        self.0.idle_time = limit;
        self
    }

    /// Sets how soon a connection must end after the first byte of a request to count as stale. A
    /// connection counts as stale only if it had carried a response before and no byte of the next
    /// one was received. The request then fails with
    /// [`StaleConnection`](crate::TransportErrorKind::StaleConnection), and clients send it again
    /// without a delay if [`RetryConfig`](crate::RetryConfig) allows another attempt. Defaults to
    /// [`STALE_WINDOW`](Self::STALE_WINDOW). With `None`, no connection counts as stale.
    pub fn stale_window(mut self, window: impl Into<Option<Duration>>) -> Self {
        self.0.stale_window = window.into();
        self
    }

    /// Creates the transport. No connection is opened and no certificate is loaded until the first
    /// request.
    #[must_use]
    pub fn build(self) -> HttpTransport {
        HttpTransport::with_settings(self.0)
    }
}

impl fmt::Debug for HttpTransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt_fields("HttpTransportBuilder", f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_omits_the_proxy_password() {
        let proxies = Proxies::all("http://user:secret@proxy.example:1").expect("a proxy");
        let builder = HttpTransport::builder().proxies(proxies).read_limit(None);
        let text = format!("{builder:?} {:?}", HttpTransport::builder().build());
        assert!(text.contains("proxy.example:1") && text.contains("3.1s"), "{text}");
        assert!(!text.contains("secret") && !text.contains("user"), "{text}");
        let (_, transport) = text.split_at(text.find(" HttpTransport {").expect("the transport"));
        assert!(transport.contains("https: None"), "{transport}");
    }
}
