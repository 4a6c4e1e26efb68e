//! TLS client configurations (rustls with ring), one for each choice of root certificates.

use std::sync::{Arc, OnceLock};

use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};

use crate::RootCertificates;

/// The TLS configuration of a transport, created on first use.
#[derive(Debug, Default)]
pub(crate) struct Tls {
    roots: RootCertificates,
    config: OnceLock<Arc<ClientConfig>>,
}

impl Tls {
    pub(crate) fn new(roots: RootCertificates) -> Self {
        Self { roots, config: OnceLock::new() }
    }

    pub(crate) fn roots(&self) -> &RootCertificates {
        &self.roots
    }

    /// Returns the configuration for connections with TLS. All transports that trust only the
    /// system certificates share one.
    pub(crate) async fn config(&self) -> Result<Arc<ClientConfig>, String> {
        static SYSTEM: OnceLock<Arc<ClientConfig>> = OnceLock::new();
        let config = if self.roots.is_system() { &SYSTEM } else { &self.config };
        if let Some(config) = config.get() {
            return Ok(Arc::clone(config));
        }
        let created = client_config(self.roots.store().await?)?;
        Ok(Arc::clone(config.get_or_init(|| created)))
    }

    /// Returns a configuration for transports that use no TLS: it trusts no certificate and loads
    /// none.
    pub(crate) fn unused() -> Result<Arc<ClientConfig>, String> {
        client_config(RootCertStore::empty())
    }
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

    #[tokio::test]
    async fn configurations_are_shared() {
        let (one, other) = (Tls::default(), Tls::default());
        // On a machine without root certificates, both fail.
        match (one.config().await, other.config().await) {
            (Ok(one), Ok(other)) => assert!(Arc::ptr_eq(&one, &other)),
            (one, other) => assert_eq!(one.err(), other.err()),
        }
        let key = rcgen::KeyPair::generate().expect("a key");
        let certificate = rcgen::CertificateParams::default().self_signed(&key).expect("a root");
        let custom = RootCertificates::only_added().der(certificate.der()).expect("roots");
        let custom = Tls::new(custom);
        let first = custom.config().await.expect("TLS");
        let second = custom.config().await.expect("TLS");
        assert!(Arc::ptr_eq(&first, &second));
    }
}
