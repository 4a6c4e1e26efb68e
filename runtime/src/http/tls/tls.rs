//! TLS client configurations (rustls with ring), one for each choice of root certificates.

use std::sync::{Arc, OnceLock};

use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};

use crate::RootCertificates;

/// The TLS configuration of a transport, created on first use.
#[derive(Debug, Default)]
pub(crate) struct Tls {
    roots: RootCertificates,
    config: OnceLock<Result<Arc<ClientConfig>, String>>,
}

impl Tls {
    pub(crate) fn new(roots: RootCertificates) -> Self {
        Self { roots, config: OnceLock::new() }
    }

    pub(crate) fn roots(&self) -> &RootCertificates {
        &self.roots
    }

    /// Returns the configuration for connections with TLS.
    pub(crate) fn config(&self) -> Result<Arc<ClientConfig>, String> {
        if self.roots.is_system() {
            return system_config();
        }
        self.config.get_or_init(|| client_config(self.roots.store()?)).clone()
    }

    /// Returns a configuration for transports that use no TLS: it trusts no certificate and loads
    /// none.
    pub(crate) fn unused() -> Result<Arc<ClientConfig>, String> {
        client_config(RootCertStore::empty())
    }
}

/// Returns the configuration of all transports that trust only the system certificates.
fn system_config() -> Result<Arc<ClientConfig>, String> {
    static CONFIG: OnceLock<Result<Arc<ClientConfig>, String>> = OnceLock::new();
    CONFIG.get_or_init(|| client_config(RootCertificates::system().store()?)).clone()
}

fn client_config(roots: RootCertStore) -> Result<Arc<ClientConfig>, String> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configurations_are_shared() {
        let (one, other) = (Tls::default(), Tls::default());
        // On a machine without root certificates, the error is shared.
        match (one.config(), other.config()) {
            (Ok(one), Ok(other)) => assert!(Arc::ptr_eq(&one, &other)),
            (one, other) => assert_eq!(one.err(), other.err()),
        }
        let key = rcgen::KeyPair::generate().expect("a key");
        let certificate = rcgen::CertificateParams::default().self_signed(&key).expect("a root");
        let custom = RootCertificates::only_added().der(certificate.der()).expect("roots");
        let custom = Tls::new(custom);
        let (first, second) = (custom.config().expect("TLS"), custom.config().expect("TLS"));
        assert!(Arc::ptr_eq(&first, &second));
    }
}
