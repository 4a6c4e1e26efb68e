//! The proxies and root certificates of a configuration.

use crate::{HttpTransport, Proxies, RootCertificates, Timeouts};

/// Network settings from one source. For settings that are `None`, the transport uses its defaults.
#[derive(Debug, Clone, Default)]
pub(crate) struct Network {
    pub(crate) proxies: Option<Proxies>,
    pub(crate) roots: Option<RootCertificates>,
}

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
