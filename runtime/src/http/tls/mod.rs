//! TLS: client configuration and root certificates.

pub(crate) mod root_certificates;
#[expect(clippy::module_inception, reason = "the module is named after its main type")]
pub(crate) mod tls;
