//! TLS: client configuration and root certificates.

pub(crate) mod root_certificates;
#[expect(clippy::module_inception, reason = "the room is named for its main type")]
pub(crate) mod tls;
