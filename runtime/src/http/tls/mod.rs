//! TLS: client configuration, root certificates, and texts for what can go wrong.

pub(crate) mod background_load;
mod certificate_fault;
pub(crate) mod fault;
pub(crate) mod root_certificates;
#[expect(clippy::module_inception, reason = "the module is named after its main type")]
pub(crate) mod tls;
