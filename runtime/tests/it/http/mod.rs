//! The default transport: connections, limits, proxies and TLS.

mod concurrent_calls;
mod error_texts;
mod incomplete_runtimes;
mod limits;
mod proxies;
mod root_certificates;
mod runtimes;
mod stale_connections;
mod tls;
