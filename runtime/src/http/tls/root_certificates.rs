//! The trusted root certificates: those of the operating system and additional ones.

use std::fmt;
use std::fs;
use std::path::Path;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::http::tls::background_load::BackgroundLoad;
use crate::settings::profile::Profile;
use crate::settings::setting::{CODE, Setting, Sources};
use crate::{ConfigError, Environment};

/// The variable that names a file with additional certificates.
const CA_BUNDLE_VARIABLE: &str = "AWS_CA_BUNDLE";
/// The profile property that names such a file.
const CA_BUNDLE_PROPERTY: &str = "ca_bundle";

/// The root certificates that a transport trusts.
///
/// The certificates of the operating system are loaded at the first request over TLS, once per
/// process and on a separate thread. Other certificates are added to them, unless the value was
/// created with [`only_added`](Self::only_added). Certificates are parsed when they are added, so
/// the error for an invalid one is returned by these functions and not by a later call.
///
/// ```no_run
/// use longshore_runtime::RootCertificates;
///
/// # fn main() -> Result<(), longshore_runtime::ConfigError> {
/// let roots = RootCertificates::system().pem_file("/etc/company/authority.pem")?;
/// # let _ = roots;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RootCertificates {
    system: bool,
    added: RootCertStore,
}

impl RootCertificates {
    /// Trusts the certificates of the operating system.
    #[must_use]
    pub fn system() -> Self {
        Self { system: true, added: RootCertStore::empty() }
    }

    /// Trusts only the certificates that are added later.
    #[must_use]
    pub fn only_added() -> Self {
        Self { system: false, added: RootCertStore::empty() }
    }

    /// Adds all certificates of a PEM text. Other content is ignored.
    ///
    /// # Errors
    /// Returns [`ConfigError::InvalidCertificates`] if the PEM or a certificate is invalid, or if
    /// there is no certificate.
    pub fn pem(self, text: &[u8]) -> Result<Self, ConfigError> {
        self.add_pem(text, CODE)
    }

    /// Adds all certificates of a PEM file. The file is read immediately.
    ///
    /// # Errors
    /// Returns [`ConfigError::InvalidCertificates`] if the file cannot be read, the PEM or a
    /// certificate is invalid, or there is no certificate.
    pub fn pem_file(self, path: impl AsRef<Path>) -> Result<Self, ConfigError> {
        let path = path.as_ref();
        self.add_pem_file(path, path.display().to_string())
    }

    /// Adds a certificate in DER form.
    ///
    /// # Errors
    /// Returns [`ConfigError::InvalidCertificates`] if the certificate is invalid.
    pub fn der(mut self, certificate: &[u8]) -> Result<Self, ConfigError> {
        let certificate = CertificateDer::from(certificate.to_vec());
        self.add(certificate).map_err(|problem| invalid(CODE, problem))?;
        Ok(self)
    }

    /// Trusts the certificates of the operating system and those of the file that `AWS_CA_BUNDLE`
    /// names. The AWS CLI trusts only the file. Trusting both keeps connections working that bypass
    /// the company proxy whose certificate authority the file contains.
    ///
    /// # Errors
    /// Returns [`ConfigError::InvalidCertificates`], with the name of the variable, if the file
    /// cannot be read, is invalid or has no certificates.
    pub fn from_environment(environment: &Environment) -> Result<Self, ConfigError> {
        Self::from_sources(&Sources { environment, profile: &Profile::default() })
    }

    /// Like [`from_environment`](Self::from_environment), but if the variable is not set, the
    /// property `ca_bundle` of the profile names the file.
    pub(crate) fn from_sources(sources: &Sources<'_>) -> Result<Self, ConfigError> {
        match sources.find(&[CA_BUNDLE_VARIABLE], CA_BUNDLE_PROPERTY) {
            Some(Setting { value: path, origin }) => {
                Self::system().add_pem_file(Path::new(&path), format!("{origin} ({path})"))
            }
            None => Ok(Self::system()),
        }
    }

    fn add_pem_file(self, path: &Path, origin: String) -> Result<Self, ConfigError> {
        let text = fs::read(path).map_err(|error| invalid(&origin, error.to_string()))?;
        self.add_pem(&text, &origin)
    }

    fn add_pem(mut self, text: &[u8], origin: &str) -> Result<Self, ConfigError> {
        let previous = self.added.len();
        for (index, certificate) in CertificateDer::pem_slice_iter(text).enumerate() {
            let added = certificate.map_err(pem_problem).and_then(|added| self.add(added));
            added.map_err(|problem| {
                invalid(origin, format!("certificate {}: {problem}", index + 1))
            })?;
        }
        if self.added.len() == previous {
            return Err(invalid(origin, "no PEM certificate found".to_owned()));
        }
        Ok(self)
    }

    fn add(&mut self, certificate: CertificateDer<'static>) -> Result<(), String> {
        let added = self.added.add(certificate);
        added.map_err(|error| format!("not a valid CA certificate ({error})"))
    }

    /// Returns true if only the certificates of the operating system are trusted.
    pub(crate) fn is_system(&self) -> bool {
        self.system && self.added.is_empty()
    }

    /// Returns a store with all trusted certificates.
    pub(crate) async fn store(&self) -> Result<RootCertStore, String> {
        if !self.system {
            return Ok(self.added.clone());
        }
        let mut roots = match system_roots().await {
            Ok(roots) => roots,
            Err(problem) if self.added.is_empty() => return Err(problem),
            Err(_) => RootCertStore::empty(),
        };
        roots.extend(self.added.roots.iter().cloned());
        Ok(roots)
    }
}

impl Default for RootCertificates {
    fn default() -> Self {
        Self::system()
    }
}

/// Shows the number of added certificates, not their content.
impl fmt::Debug for RootCertificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RootCertificates")
            .field("system", &self.system)
            .field("added", &self.added.len())
            .finish()
    }
}

fn invalid(origin: &str, problem: String) -> ConfigError {
    ConfigError::InvalidCertificates { origin: origin.to_owned(), problem }
}

/// Describes the error without the invalid content, which may be a private key.
fn pem_problem(error: rustls::pki_types::pem::Error) -> String {
    use rustls::pki_types::pem::Error;
    match error {
        Error::MissingSectionEnd { .. } => "the END line is missing".to_owned(),
        Error::IllegalSectionStart { .. } => "the BEGIN line is malformed".to_owned(),
        Error::Base64Decode(_) => "invalid base64".to_owned(),
        other => other.to_string(),
    }
}

/// Returns the certificates of the operating system, which are loaded once per process.
async fn system_roots() -> Result<RootCertStore, String> {
    static SYSTEM: BackgroundLoad<RootCertStore> = BackgroundLoad::new();
    let roots = SYSTEM.get(load_system_roots).await;
    roots.map_err(|problem| format!("the list of root certificates is not available: {problem}"))
}

fn load_system_roots() -> Result<RootCertStore, String> {
    let native = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    let (trusted, _) = roots.add_parsable_certificates(native.certs);
    if trusted > 0 {
        return Ok(roots);
    }
    let reasons: Vec<String> = native.errors.iter().map(ToString::to_string).collect();
    Err(match reasons.as_slice() {
        [] => "no root certificate found on this machine".to_owned(),
        reasons => format!("no root certificate found on this machine ({})", reasons.join("; ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authority() -> rcgen::Certificate {
        let key = rcgen::KeyPair::generate().expect("a key");
        rcgen::CertificateParams::default().self_signed(&key).expect("a certificate")
    }

    #[test]
    fn a_file_can_hold_several_certificates_and_other_content() {
        let key = rcgen::KeyPair::generate().expect("a key").serialize_pem();
        let text = format!("a note\n{}{key}{}", authority().pem(), authority().pem());
        let roots = RootCertificates::only_added().pem(text.as_bytes()).expect("roots");
        assert_eq!(roots.added.len(), 2);
        let roots = roots.der(authority().der()).expect("roots");
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        assert_eq!(runtime.block_on(roots.store()).expect("a store").len(), 3);
        assert_eq!(format!("{roots:?}"), "RootCertificates { system: false, added: 3 }");
    }

    #[test]
    fn errors_do_not_show_the_invalid_content() {
        let good = authority().pem();
        let cut = good.replace("-----END CERTIFICATE-----", "");
        let noise = "-----BEGIN CERTIFICATE-----\n?secret?\n-----END CERTIFICATE-----\n";
        let other = "-----BEGIN CERTIFICATE-----\nc2VjcmV0\n-----END CERTIFICATE-----\n";
        let key = rcgen::KeyPair::generate().expect("a key").serialize_pem();
        for (text, problem) in [
            ("", "no PEM certificate found"),
            ("secret", "no PEM certificate found"),
            (key.as_str(), "no PEM certificate found"),
            (&cut, "certificate 1: the END line is missing"),
            (&format!("{good}{noise}"), "certificate 2: invalid base64"),
            (&format!("{good}{other}"), "certificate 2: not a valid CA certificate"),
        ] {
            let error = RootCertificates::system().pem(text.as_bytes()).expect_err(problem);
            let line = error.to_string();
            assert!(line.contains(problem) && line.contains(CODE), "{line}");
            assert!(!line.contains("secret") && !line.contains("c2V"), "{line}");
        }
        let error = RootCertificates::system().der(b"secret").expect_err("no certificate");
        assert!(error.to_string().contains("not a valid CA certificate"), "{error}");
    }

    #[test]
    fn errors_name_the_file_that_cannot_be_read() {
        let error = RootCertificates::system().pem_file("/nowhere/a.pem").expect_err("no file");
        assert!(error.to_string().contains("/nowhere/a.pem"), "{error}");
        let environment = [("AWS_CA_BUNDLE", "/nowhere/b.pem")].into_iter().collect();
        let error = RootCertificates::from_environment(&environment).expect_err("no file");
        assert!(error.to_string().contains("AWS_CA_BUNDLE (/nowhere/b.pem)"), "{error}");
    }
}
