//! HTTP: the `Transport` trait, and the default transport with its pool, connections, TLS, proxies
//! and limits.
//!
//! Nothing here knows AWS: no service, no signature, no credentials. May import `settings` and the
//! rooms below.

pub(crate) mod activity;
pub(crate) mod authority;
pub(crate) mod body;
pub(crate) mod builder;
pub(crate) mod connector;
pub(crate) mod http_transport;
pub(crate) mod limits;
pub(crate) mod pool;
pub(crate) mod proxy;
pub(crate) mod read_limit;
pub(crate) mod tls;
pub(crate) mod transport;
