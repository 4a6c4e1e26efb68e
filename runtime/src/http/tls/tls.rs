//! TLS: rustls on ring, made once for each choice of root certificates.

use std::sync::{Arc, OnceLock};

use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};

use crate::RootCertificates;

/// What TLS of one transport needs, made when it is first needed.
#[derive(Debug, Default)]
pub(crate) struct Tls {
    roots: RootCertificates,
    made: OnceLock<Result<Arc<ClientConfig>, String>>,
}

impl Tls {
    pub(crate) fn new(roots: RootCertificates) -> Self {
        Self { roots, made: OnceLock::new() }
    }

    pub(crate) fn roots(&self) -> &RootCertificates {
        &self.roots
    }

    /// For connections with TLS.
    pub(crate) fn config(&self) -> Result<Arc<ClientConfig>, String> {
        if self.roots.is_system() {
            return trusting_system();
        }
        self.made.get_or_init(|| config(self.roots.store()?)).clone()
    }

    /// For connections without it: nobody is trusted, and nothing is read.
    pub(crate) fn unused() -> Result<Arc<ClientConfig>, String> {
        config(RootCertStore::empty())
    }
}

/// Shared by all transports that trust whom the operating system trusts.
fn trusting_system() -> Result<Arc<ClientConfig>, String> {
    static MADE: OnceLock<Result<Arc<ClientConfig>, String>> = OnceLock::new();
    MADE.get_or_init(|| config(RootCertificates::system().store()?)).clone()
}

fn config(roots: RootCertStore) -> Result<Arc<ClientConfig>, String> {
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
    fn what_was_loaded_is_shared() {
        let (one, other) = (Tls::default(), Tls::default());
        // A machine without root certificates shares the error.
        match (one.config(), other.config()) {
            (Ok(one), Ok(other)) => assert!(Arc::ptr_eq(&one, &other)),
            (one, other) => assert_eq!(one.err(), other.err()),
        }
        let key = rcgen::KeyPair::generate().expect("a key");
        let certificate = rcgen::CertificateParams::default().self_signed(&key).expect("a root");
        let own = RootCertificates::only_added().with_der(certificate.der()).expect("roots");
        let own = Tls::new(own);
        let (first, second) = (own.config().expect("TLS"), own.config().expect("TLS"));
        assert!(Arc::ptr_eq(&first, &second));
    }
}
