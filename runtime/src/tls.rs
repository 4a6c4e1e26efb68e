//! Whom to trust: rustls on ring, with the root certificates of the operating system.

use std::sync::Arc;

use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};

/// How connections are secured, and why no certificate can be trusted where that is so.
pub(crate) struct Tls {
    pub(crate) config: ClientConfig,
    /// Only `https` is concerned, so this is no error before somebody asks for it.
    pub(crate) problem: Option<String>,
}

impl Tls {
    pub(crate) fn load() -> Result<Self, rustls::Error> {
        let found = rustls_native_certs::load_native_certs();
        let mut roots = RootCertStore::empty();
        let (trusted, _) = roots.add_parsable_certificates(found.certs);
        let problem = (trusted == 0).then(|| {
            let reasons: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
            format!("no root certificate was found on this machine; {}", reasons.join("; "))
        });
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { config, problem })
    }
}
