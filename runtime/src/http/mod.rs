//! HTTP: the `Transport` trait, and the default transport with its pool, connections, TLS, proxies
//! and limits.
//!
//! This module is independent of AWS: no services, no signatures, no credentials. It may import
//! `settings` and the modules below it.

pub(crate) mod activity;
pub(crate) mod authority;
pub(crate) mod body;
pub(crate) mod body_chunks;
pub(crate) mod box_error;
pub(crate) mod builder;
pub(crate) mod causes;
pub(crate) mod connector;
pub(crate) mod headers;
pub(crate) mod http_transport;
pub(crate) mod limits;
pub(crate) mod percent;
pub(crate) mod pool;
pub(crate) mod proxy;
pub(crate) mod read_limit;
pub(crate) mod request_body;
pub(crate) mod settings;
mod stream;
pub(crate) mod tls;
pub(crate) mod transport;
