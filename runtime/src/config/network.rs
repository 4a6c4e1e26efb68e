//! The network settings of a configuration, and the transport that is built from them.

use crate::Timeouts;
#[cfg(not(feature = "http-transport"))]
use crate::http::missing_transport::MissingTransport;
#[cfg(feature = "http-transport")]
use crate::{HttpTransport, Proxies, RootCertificates};

/// Network settings from one source. For settings that are `None`, the transport uses its defaults.
#[derive(Debug, Clone, Default)]
pub(crate) struct Network {
    #[cfg(feature = "http-transport")]
    pub(crate) proxies: Option<Proxies>,
    #[cfg(feature = "http-transport")]
    pub(crate) roots: Option<RootCertificates>,
}

#[cfg(feature = "http-transport")]
impl Network {
    /// The transport with these settings, or else the `loaded` ones.
    pub(crate) fn transport(&self, loaded: Option<&Self>, timeouts: Timeouts) -> HttpTransport {
        let proxies = self.proxies.as_ref().or(loaded.and_then(|loaded| loaded.proxies.as_ref()));
        let roots = self.roots.as_ref().or(loaded.and_then(|loaded| loaded.roots.as_ref()));
        HttpTransport::builder()
            .connect_limit(timeouts.get_connect())
            .read_limit(timeouts.get_read())
            .proxies(proxies.cloned().unwrap_or_default())
            .root_certificates(roots.cloned().unwrap_or_default())
            .build()
    }
}

#[cfg(not(feature = "http-transport"))]
impl Network {
    /// Returns a transport that fails every request, because there is no default transport.
    pub(crate) fn transport(&self, _: Option<&Self>, _: Timeouts) -> MissingTransport {
        MissingTransport
    }
}
