//! Proxies: the choice of a proxy for a URL, and tunnels through it.

pub(crate) mod no_proxy;
pub(crate) mod proxies;
pub(crate) mod server;
pub(crate) mod tunnel;
mod url;
