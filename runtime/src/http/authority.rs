//! The server that a URL names: host, port and whether to use TLS.

use http::Uri;
use http::uri::{Authority, Scheme};

/// Checks that the authority has a host, followed by nothing or by a valid port.
pub(crate) fn check(authority: &Authority) -> Result<(), &'static str> {
    if authority.host().is_empty() {
        return Err("has no host");
    }
    // `http` does not parse a port that is not a number, and would drop it silently.
    match authority.as_str().strip_prefix(authority.host()) {
        Some("") => Ok(()),
        _ if authority.port_u16().is_some_and(|port| port != 0) => Ok(()),
        _ => Err("has a port that is not a number from 1 to 65535"),
    }
}

/// Returns true if the URL is an `https` URL.
pub(crate) fn is_https(url: &Uri) -> bool {
    url.scheme() == Some(&Scheme::HTTPS)
}

/// Returns the port of a URL that does not name one.
pub(crate) fn default_port(url: &Uri) -> u16 {
    if is_https(url) { 443 } else { 80 }
}
