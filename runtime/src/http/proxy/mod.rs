//! Proxies: which one serves a URL, and the tunnel through it.

pub(crate) mod no_proxy;
pub(crate) mod proxies;
pub(crate) mod server;
pub(crate) mod tunnel;
