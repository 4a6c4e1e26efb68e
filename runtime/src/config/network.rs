//! What a configuration says about the way to the services: proxies and root certificates.

use crate::{ConfigError, Environment, HttpTransport, Proxies, RootCertificates, Timeouts};

/// What was set; the rest is the default of the transport.
#[derive(Debug, Clone, Default)]
pub(crate) struct Network {
    pub(crate) proxies: Option<Proxies>,
    pub(crate) roots: Option<RootCertificates>,
}

impl Network {
    /// What the environment says about what is not set here, in the code.
    pub(crate) fn load(&self, environment: &Environment) -> Result<Self, ConfigError> {
        let proxies = self.proxies.is_none().then(|| Proxies::from_environment(environment));
        let roots = self.roots.is_none().then(|| RootCertificates::from_environment(environment));
        Ok(Self { proxies: proxies.transpose()?, roots: roots.transpose()? })
    }

    /// The transport for a configuration that was given none.
    pub(crate) fn transport(&self, loaded: Option<&Self>, timeouts: Timeouts) -> HttpTransport {
        let proxies = self.proxies.as_ref().or(loaded.and_then(|loaded| loaded.proxies.as_ref()));
        let roots = self.roots.as_ref().or(loaded.and_then(|loaded| loaded.roots.as_ref()));
        HttpTransport::builder()
            .connect_limit(timeouts.connect())
            .read_limit(timeouts.read())
            .proxies(proxies.cloned().unwrap_or_default())
            .root_certificates(roots.cloned().unwrap_or_default())
            .build()
    }
}
