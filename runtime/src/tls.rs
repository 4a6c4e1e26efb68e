//! Whom to trust: rustls on ring, with the root certificates of the operating system.

use std::sync::{Arc, OnceLock};

use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};

/// Trusts whom the operating system trusts. The certificates are read once in the life of a
/// process, however many clients there are.
pub(crate) fn trusting_system() -> Result<ClientConfig, String> {
    static LOADED: OnceLock<Result<ClientConfig, String>> = OnceLock::new();
    LOADED.get_or_init(|| config(system_roots()?)).clone()
}

/// Trusts nobody, for connections without TLS.
pub(crate) fn unused() -> Result<ClientConfig, String> {
    config(RootCertStore::empty())
}

fn system_roots() -> Result<RootCertStore, String> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    let (trusted, _) = roots.add_parsable_certificates(found.certs);
    if trusted > 0 {
        return Ok(roots);
    }
    let reasons: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
    Err(format!("no root certificate was found on this machine; {}", reasons.join("; ")))
}

fn config(roots: RootCertStore) -> Result<ClientConfig, String> {
    Ok(ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth())
}
