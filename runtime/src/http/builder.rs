//! What the default transport can be told, and the builder that tells it.
//!
//! No connection is opened here.

use std::fmt;
use std::time::Duration;

use http::Uri;

use crate::http::authority::is_https;
use crate::http::tls::tls::Tls;
use crate::{HttpTransport, Proxies, RootCertificates, Timeouts};

/// The settings of a transport.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) connect_limit: Option<Duration>,
    pub(crate) read_limit: Option<Duration>,
    pub(crate) proxies: Proxies,
    pub(crate) tls: Tls,
    pub(crate) idle_connections: usize,
    pub(crate) idle_time: Duration,
}

impl Settings {
    /// Whether TLS is needed on the way to `target`.
    pub(crate) fn needs_tls(&self, target: &Uri) -> bool {
        is_https(target) || self.proxies.of(target).is_some_and(|proxy| proxy.is_encrypted())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_limit: Some(Timeouts::CONNECT),
            read_limit: None,
            proxies: Proxies::none(),
            tls: Tls::default(),
            idle_connections: HttpTransportBuilder::IDLE_CONNECTIONS,
            idle_time: HttpTransportBuilder::IDLE_TIME,
        }
    }
}

/// Builds an [`HttpTransport`].
///
/// ```
/// use std::time::Duration;
///
/// use longshore_runtime::{HttpTransport, Proxies};
///
/// # fn main() -> Result<(), longshore_runtime::ConfigError> {
/// let transport = HttpTransport::builder()
///     .read_limit(Some(Duration::from_secs(30)))
///     .proxies(Proxies::all("http://proxy.example:3128")?)
///     .build();
/// # let _ = transport;
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
#[must_use]
pub struct HttpTransportBuilder(Settings);

impl HttpTransportBuilder {
    /// How many connections without work are kept for each host by each tokio runtime, where nobody
    /// says otherwise.
    pub const IDLE_CONNECTIONS: usize = 128;

    /// How long a connection without work is kept where nobody says otherwise: less than servers
    /// usually do.
    pub const IDLE_TIME: Duration = Duration::from_secs(20);

    /// How long a connection may take, [`Timeouts::CONNECT`] unless this says otherwise: name, TCP,
    /// proxy and TLS together. `None` is no limit but those of the operating system.
    pub fn connect_limit(mut self, limit: Option<Duration>) -> Self {
        self.0.connect_limit = limit;
        self
    }

    /// How long nothing may come, from the end of the request to the first byte of the answer and
    /// between any two reads after it. While the request is still going out, the time runs from the
    /// last byte that the operating system took. There is no limit unless this sets one.
    pub fn read_limit(mut self, limit: Option<Duration>) -> Self {
        self.0.read_limit = limit;
        self
    }

    /// The proxies. There are none unless this names them: a transport reads no environment, as
    /// [`Config::from_env`](crate::Config::from_env) does.
    pub fn proxies(mut self, proxies: Proxies) -> Self {
        self.0.proxies = proxies;
        self
    }

    /// Whom to trust, instead of whom the operating system trusts.
    pub fn root_certificates(mut self, roots: RootCertificates) -> Self {
        self.0.tls = Tls::new(roots);
        self
    }

    /// How many connections without work are kept for each host by each tokio runtime;
    /// [`IDLE_CONNECTIONS`](Self::IDLE_CONNECTIONS) unless this says otherwise. With 0 each request
    /// opens its own.
    pub fn idle_connections(mut self, most: usize) -> Self {
        self.0.idle_connections = most;
        self
    }

    /// How long a connection without work is kept; [`IDLE_TIME`](Self::IDLE_TIME) unless this says
    /// otherwise.
    pub fn idle_time(mut self, limit: Duration) -> Self {
        self.0.idle_time = limit;
        self
    }

    /// The transport. Nothing is opened or loaded yet.
    #[must_use]
    pub fn build(self) -> HttpTransport {
        HttpTransport::with_settings(self.0)
    }
}

impl fmt::Debug for HttpTransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.print("HttpTransportBuilder", f)
    }
}

impl Settings {
    /// Prints what was set, for `name`.
    pub(crate) fn print(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("connect_limit", &self.connect_limit)
            .field("read_limit", &self.read_limit)
            .field("proxies", &self.proxies)
            .field("root_certificates", self.tls.roots())
            .field("idle_connections", &self.idle_connections)
            .field("idle_time", &self.idle_time)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transport_shows_its_settings_without_the_password_of_its_proxy() {
        let proxies = Proxies::all("http://user:secret@proxy.example:1").expect("a proxy");
        let builder = HttpTransport::builder().proxies(proxies).read_limit(None);
        let text = format!("{builder:?} {:?}", HttpTransport::builder().build());
        assert!(text.contains("proxy.example:1") && text.contains("3.1s"), "{text}");
        assert!(!text.contains("secret") && !text.contains("user"), "{text}");
        let (_, made) = text.split_at(text.find(" HttpTransport {").expect("the transport"));
        assert!(made.contains("https: None"), "{made}");
    }
}
