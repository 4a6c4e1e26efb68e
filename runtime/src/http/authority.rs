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

/// Returns the host and the port of a URL as in the `Host` header: without the user name, the
/// password and the default port of the scheme. Returns `None` if there is no host.
pub(crate) fn host_and_port(url: &Uri) -> Option<&str> {
    let authority = url.authority()?;
    let is_default = url.scheme().is_some() && authority.port_u16() == Some(default_port(url));
    let host = match authority.port_u16() {
        Some(_) if !is_default => authority.as_str().rsplit('@').next().unwrap_or_default(),
        _ => authority.host(),
    };
    (!host.is_empty()).then_some(host)
}

/// Returns true if the URL is an `https` URL.
pub(crate) fn is_https(url: &Uri) -> bool {
    url.scheme() == Some(&Scheme::HTTPS)
}

/// Returns the port of a URL that does not name one.
pub(crate) fn default_port(url: &Uri) -> u16 {
    if is_https(url) { 443 } else { 80 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_has_no_default_port_and_no_user() {
        let table = [
            ("https://a.example/", Some("a.example")),
            ("https://a.example:443/", Some("a.example")),
            ("http://a.example:443/", Some("a.example:443")),
            ("http://a.example:80/", Some("a.example")),
            ("a.example:80", Some("a.example:80")),
            ("http://user:password@a.example:8080/", Some("a.example:8080")),
            ("http://user:password@a.example/", Some("a.example")),
            ("http://[::1]:8000/", Some("[::1]:8000")),
            ("http://[::1]/", Some("[::1]")),
            ("/path", None),
        ];
        for (url, expected) in table {
            assert_eq!(host_and_port(&url.parse().expect("a URL")), expected, "{url}");
        }
    }
}
