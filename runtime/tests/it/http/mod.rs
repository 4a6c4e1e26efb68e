//! The default transport: connections, limits, proxies and TLS.

mod limits;
mod proxies;
mod runtimes;
mod stale_connections;
mod tls;
