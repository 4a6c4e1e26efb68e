//! What a configuration says about the way to the services: proxies and root certificates.

use crate::{ConfigError, Environment, HttpTransport, Proxies, RootCertificates, Timeouts};

/// What was set; the rest is the default of the transport.
#[derive(Debug, Clone, Default)]
pub(crate) struct Network {
    pub(crate) proxies: Option<Proxies>,
    pub(crate) roots: Option<RootCertificates>,
}

impl Network {
    /// Takes from the environment what the code has not set.
    pub(crate) fn load(&mut self, environment: &Environment) -> Result<(), ConfigError> {
        if self.proxies.is_none() {
            self.proxies = Some(Proxies::from_environment(environment)?);
        }
        if self.roots.is_none() {
            self.roots = Some(RootCertificates::from_environment(environment)?);
        }
        Ok(())
    }

    /// The transport for a configuration that was given none.
    pub(crate) fn transport(&self, timeouts: Timeouts) -> HttpTransport {
        HttpTransport::builder()
            .connect_limit(timeouts.connect())
            .read_limit(timeouts.read())
            .proxies(self.proxies.clone().unwrap_or_default())
            .root_certificates(self.roots.clone().unwrap_or_default())
            .build()
    }
}
