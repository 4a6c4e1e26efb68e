//! The response of a service and the metadata of an error response.

pub(crate) mod error_response;
pub(crate) mod known_errors;
pub(crate) mod service_response;
