//! HTTP: the `Transport` trait, and the default transport with its pool, connections, TLS, proxies
//! and limits.
//!
//! This module is independent of AWS: no services, no signatures, no credentials. It may import
//! `settings` and the modules below it.

use std::time::Duration;

#[cfg(feature = "http-transport")]
pub(crate) mod activity;
pub(crate) mod authority;
#[cfg(feature = "http-transport")]
pub(crate) mod body;
pub(crate) mod body_chunks;
pub(crate) mod box_error;
#[cfg(feature = "http-transport")]
pub(crate) mod builder;
pub(crate) mod causes;
#[cfg(feature = "http-transport")]
pub(crate) mod connector;
pub(crate) mod headers;
#[cfg(feature = "http-transport")]
pub(crate) mod http_transport;
#[cfg(feature = "http-transport")]
pub(crate) mod hyper_errors;
#[cfg(feature = "http-transport")]
pub(crate) mod limits;
#[cfg(not(feature = "http-transport"))]
pub(crate) mod missing_transport;
pub(crate) mod percent;
#[cfg(feature = "http-transport")]
pub(crate) mod pool;
#[cfg(feature = "http-transport")]
pub(crate) mod proxy;
#[cfg(feature = "http-transport")]
pub(crate) mod read_limit;
pub(crate) mod request_body;
#[cfg(feature = "http-transport")]
pub(crate) mod settings;
#[cfg(feature = "http-transport")]
pub(crate) mod tls;
pub(crate) mod transport;
pub(crate) mod transport_error;

/// The default limit for opening a connection, which covers name resolution, TCP, proxy and TLS.
pub(crate) const DEFAULT_CONNECT_LIMIT: Duration = Duration::from_millis(3100);
