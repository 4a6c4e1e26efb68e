//! Converts the typed request of a call to the HTTP request that its attempts send.

pub(crate) mod account;
pub(crate) mod destination;
pub(crate) mod encode;
pub(crate) mod host_prefix;
pub(crate) mod prepared_request;
pub(crate) mod route;
