//! Which server a URL names: its host, its port, and whether it is spoken to by TLS.

use http::Uri;
use http::uri::{Authority, Scheme};

/// Whether there is a host, and behind it nothing or a port.
pub(crate) fn check(authority: &Authority) -> Result<(), &'static str> {
    if authority.host().is_empty() {
        return Err("has no host");
    }
    // A port that is no number is not a port to the parser, and would be dropped.
    match authority.as_str().strip_prefix(authority.host()) {
        Some("") => Ok(()),
        _ if authority.port_u16().is_some_and(|port| port != 0) => Ok(()),
        _ => Err("has a port that is not a number from 1 to 65535"),
    }
}

/// Whether it is spoken to by TLS.
pub(crate) fn is_https(url: &Uri) -> bool {
    url.scheme() == Some(&Scheme::HTTPS)
}

/// The port where a URL names none.
pub(crate) fn usual_port(url: &Uri) -> u16 {
    if is_https(url) { 443 } else { 80 }
}
