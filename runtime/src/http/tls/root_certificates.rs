//! Whom to trust: the root certificates of the operating system and those that are added to them.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::settings::setting::CODE;
use crate::{ConfigError, Environment};

/// The variable that names a file of certificates.
const BUNDLE: &str = "AWS_CA_BUNDLE";

/// The authorities whose certificates a transport trusts.
///
/// Those of the operating system are read at the first request over TLS, once in the life of a
/// process. What is added here is added to them, unless it begins with
/// [`only_added`](Self::only_added). A certificate that cannot be read is an error here and not
/// when a call fails.
///
/// ```no_run
/// use longshore_runtime::RootCertificates;
///
/// # fn main() -> Result<(), longshore_runtime::ConfigError> {
/// let roots = RootCertificates::system().with_pem_file("/etc/company/authority.pem")?;
/// # let _ = roots;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RootCertificates {
    system: bool,
    added: Vec<CertificateDer<'static>>,
}

impl RootCertificates {
    /// Those of the operating system.
    #[must_use]
    pub fn system() -> Self {
        Self { system: true, added: Vec::new() }
    }

    /// None but those that are going to be added.
    #[must_use]
    pub fn only_added() -> Self {
        Self { system: false, added: Vec::new() }
    }

    /// With all certificates of this PEM text. Whatever else is in it is passed over.
    ///
    /// # Errors
    /// PEM or a certificate that cannot be read, or no certificate at all.
    pub fn with_pem(self, text: &[u8]) -> Result<Self, ConfigError> {
        self.with_pem_of(text, CODE)
    }

    /// With all certificates of this file of PEM text. The file is read now.
    ///
    /// # Errors
    /// A file that cannot be read; PEM or a certificate that cannot be read, or no certificate at all.
    pub fn with_pem_file(self, path: impl AsRef<Path>) -> Result<Self, ConfigError> {
        let path = path.as_ref();
        self.with_pem_file_of(path, path.display().to_string())
    }

    /// With this certificate in DER.
    ///
    /// # Errors
    /// A certificate that cannot be read.
    pub fn with_der(mut self, certificate: &[u8]) -> Result<Self, ConfigError> {
        let certificate = CertificateDer::from(certificate.to_vec());
        check(&certificate).map_err(|problem| invalid(CODE, problem))?;
        self.added.push(certificate);
        Ok(self)
    }

    /// Those of the operating system and those of the file that `AWS_CA_BUNDLE` names. They are added
    /// where the AWS CLI trusts them alone: a file with nothing but the authority of a company's
    /// proxy then also serves where that proxy stands aside.
    ///
    /// # Errors
    /// A file that cannot be read or has no certificates.
    pub fn from_environment(environment: &Environment) -> Result<Self, ConfigError> {
        match environment.get(BUNDLE) {
            Some(path) => {
                Self::system().with_pem_file_of(Path::new(path), format!("{BUNDLE} ({path})"))
            }
            None => Ok(Self::system()),
        }
    }

    fn with_pem_file_of(self, path: &Path, origin: String) -> Result<Self, ConfigError> {
        let text = fs::read(path).map_err(|error| invalid(&origin, error.to_string()))?;
        self.with_pem_of(&text, &origin)
    }

    fn with_pem_of(mut self, text: &[u8], origin: &str) -> Result<Self, ConfigError> {
        let before = self.added.len();
        for (index, certificate) in CertificateDer::pem_slice_iter(text).enumerate() {
            let certificate = certificate
                .map_err(pem_problem)
                .and_then(|certificate| check(&certificate).map(|()| certificate))
                .map_err(|problem| {
                    invalid(origin, format!("certificate {}: {problem}", index + 1))
                })?;
            self.added.push(certificate);
        }
        if self.added.len() == before {
            return Err(invalid(origin, "there is no certificate in PEM in it".to_owned()));
        }
        Ok(self)
    }

    /// Whether nothing was added to those of the operating system.
    pub(crate) fn is_system(&self) -> bool {
        self.system && self.added.is_empty()
    }

    /// All of them.
    pub(crate) fn store(&self) -> Result<RootCertStore, String> {
        let mut roots = match self.system.then(system_roots) {
            Some(Ok(roots)) => roots,
            Some(Err(problem)) if self.added.is_empty() => return Err(problem),
            _ => RootCertStore::empty(),
        };
        roots.add_parsable_certificates(self.added.iter().cloned());
        Ok(roots)
    }
}

impl Default for RootCertificates {
    fn default() -> Self {
        Self::system()
    }
}

/// How many: nobody reads certificates in a log.
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

/// Without what stands there instead of PEM: it may be a key.
fn pem_problem(error: rustls::pki_types::pem::Error) -> String {
    use rustls::pki_types::pem::Error;
    match error {
        Error::MissingSectionEnd { .. } => "the line that ends it is missing".to_owned(),
        Error::IllegalSectionStart { .. } => "the line that begins it is not whole".to_owned(),
        Error::Base64Decode(_) => "it is no base64".to_owned(),
        other => other.to_string(),
    }
}

fn check(certificate: &CertificateDer<'static>) -> Result<(), String> {
    let added = RootCertStore::empty().add(certificate.clone());
    added.map_err(|error| format!("it is no certificate of an authority ({error})"))
}

/// The certificates of the operating system, which are read once in the life of a process.
fn system_roots() -> Result<RootCertStore, String> {
    static READ: OnceLock<Result<RootCertStore, String>> = OnceLock::new();
    READ.get_or_init(read_system_roots).clone()
}

fn read_system_roots() -> Result<RootCertStore, String> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    let (trusted, _) = roots.add_parsable_certificates(found.certs);
    if trusted > 0 {
        return Ok(roots);
    }
    let reasons: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
    Err(format!("no root certificate was found on this machine; {}", reasons.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authority() -> rcgen::Certificate {
        let key = rcgen::KeyPair::generate().expect("a key");
        rcgen::CertificateParams::default().self_signed(&key).expect("a certificate")
    }

    #[test]
    fn one_file_may_hold_several_certificates_and_other_things() {
        let key = rcgen::KeyPair::generate().expect("a key").serialize_pem();
        let text = format!("a note\n{}{key}{}", authority().pem(), authority().pem());
        let roots = RootCertificates::only_added().with_pem(text.as_bytes()).expect("roots");
        assert_eq!(roots.added.len(), 2);
        let roots = roots.with_der(authority().der()).expect("roots");
        assert_eq!(roots.store().expect("a store").len(), 3);
        assert_eq!(format!("{roots:?}"), "RootCertificates { system: false, added: 3 }");
    }

    #[test]
    fn what_cannot_be_read_is_told_without_what_it_is() {
        let good = authority().pem();
        let cut = good.replace("-----END CERTIFICATE-----", "");
        let noise = "-----BEGIN CERTIFICATE-----\n?secret?\n-----END CERTIFICATE-----\n";
        let other = "-----BEGIN CERTIFICATE-----\nc2VjcmV0\n-----END CERTIFICATE-----\n";
        let key = rcgen::KeyPair::generate().expect("a key").serialize_pem();
        for (text, problem) in [
            ("", "there is no certificate in PEM in it"),
            ("secret", "there is no certificate in PEM in it"),
            (key.as_str(), "there is no certificate in PEM in it"),
            (&cut, "certificate 1: the line that ends it is missing"),
            (&format!("{good}{noise}"), "certificate 2: it is no base64"),
            (&format!("{good}{other}"), "certificate 2: it is no certificate of an authority"),
        ] {
            let error = RootCertificates::system().with_pem(text.as_bytes()).expect_err(problem);
            let line = error.to_string();
            assert!(line.contains(problem) && line.contains(CODE), "{line}");
            assert!(!line.contains("secret") && !line.contains("c2V"), "{line}");
        }
        let error = RootCertificates::system().with_der(b"secret").expect_err("no certificate");
        assert!(error.to_string().contains("it is no certificate of an authority"), "{error}");
    }

    #[test]
    fn a_file_is_named_where_it_cannot_be_read() {
        let error =
            RootCertificates::system().with_pem_file("/nowhere/a.pem").expect_err("no file");
        assert!(error.to_string().contains("/nowhere/a.pem"), "{error}");
        let environment = [("AWS_CA_BUNDLE", "/nowhere/b.pem")].into_iter().collect();
        let error = RootCertificates::from_environment(&environment).expect_err("no file");
        assert!(error.to_string().contains("AWS_CA_BUNDLE (/nowhere/b.pem)"), "{error}");
    }
}
