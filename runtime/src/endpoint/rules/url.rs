//! The URL function of the endpoint rules.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The parts of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url<'a> {
    scheme: &'a str,
    authority: &'a str,
    path: &'a str,
    normalized_path: String,
    is_ip: bool,
}

impl<'a> Url<'a> {
    /// Returns the scheme, `https` or `http`.
    #[must_use]
    pub fn scheme(&self) -> &'a str {
        self.scheme
    }

    /// Returns the host, and the port if the URL has one.
    #[must_use]
    pub fn authority(&self) -> &'a str {
        self.authority
    }

    /// Returns the path as written, or `/` if there is none.
    #[must_use]
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// Returns the path with a leading and a trailing slash.
    #[must_use]
    pub fn normalized_path(&self) -> &str {
        &self.normalized_path
    }

    /// Returns true if the host is an IPv4 or IPv6 address.
    #[must_use]
    pub fn is_ip(&self) -> bool {
        self.is_ip
    }
}

/// Parses a URL (`parseURL`). Returns `None` if the text is not a URL, its scheme is not `http` or
/// `https`, or it has a query or fragment.
#[must_use]
pub fn parse_url(text: &str) -> Option<Url<'_>> {
    let (scheme, rest) = text.split_once("://")?;
    let is_allowed =
        |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '?' | '#' | '\\');
    if !matches!(scheme, "http" | "https") || !rest.chars().all(is_allowed) {
        return None;
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    // User name and password are not part of the authority of a request.
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host_of(authority)?;
    let path = if path.is_empty() { "/" } else { path };
    let end = if path.ends_with('/') { "" } else { "/" };
    let normalized_path = format!("{path}{end}");
    Some(Url { scheme, authority, path, normalized_path, is_ip: is_ip(host) })
}

/// Returns the host of an authority, or `None` if its port is not a number.
fn host_of(authority: &str) -> Option<&str> {
    let end = if authority.starts_with('[') { authority.find(']')? + 1 } else { 0 };
    let colon = authority[end..].find(':').map(|at| end + at);
    let (host, port) = authority.split_at(colon.unwrap_or(authority.len()));
    let valid_port = port.is_empty() || port[1..].parse::<u16>().is_ok();
    let valid_brackets = end == 0 || end == host.len();
    (valid_port && valid_brackets && !host.is_empty()).then_some(host)
}

fn is_ip(host: &str) -> bool {
    let inside = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    inside.is_some_and(|address| address.parse::<Ipv6Addr>().is_ok())
        || host.parse::<Ipv4Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_parsed() {
        // Columns: URL, scheme, authority, path, normalized path, whether the host is an IP
        // address.
        let table = [
            ("https://example.com", "https", "example.com", "/", "/", false),
            ("https://example.com/", "https", "example.com", "/", "/", false),
            (
                "http://example.com:80/foo/bar",
                "http",
                "example.com:80",
                "/foo/bar",
                "/foo/bar/",
                false,
            ),
            ("https://127.0.0.1", "https", "127.0.0.1", "/", "/", true),
            ("https://127.0.0.1:8443/a/", "https", "127.0.0.1:8443", "/a/", "/a/", true),
            ("https://127.0.0.256", "https", "127.0.0.256", "/", "/", false),
            ("https://[fe80::1]", "https", "[fe80::1]", "/", "/", true),
            ("https://[fe80::1]:1/x", "https", "[fe80::1]:1", "/x", "/x/", true),
            (
                "https://user:word@example.com/a%20b",
                "https",
                "example.com",
                "/a%20b",
                "/a%20b/",
                false,
            ),
        ];
        for (text, scheme, authority, path, normalized, ip) in table {
            let url = parse_url(text).expect(text);
            assert_eq!((url.scheme(), url.authority()), (scheme, authority), "{text}");
            assert_eq!((url.path(), url.normalized_path()), (path, normalized), "{text}");
            assert_eq!(url.is_ip(), ip, "{text}");
        }
    }

    #[test]
    fn invalid_urls_are_none() {
        let table = [
            "",
            "https",
            "https://",
            "https:///path",
            "https://:443",
            "example.com",
            "//example.com",
            "ftp://example.com",
            "HTTPS://example.com",
            "https://example.com:8443?foo=bar&faz=baz",
            "https://example.com/#part",
            "https://example.com:port",
            "https://example.com:99999",
            "https://exa mple.com",
            "https://[fe80::1",
            "https://[fe80::1]x",
            "https://example.com\\a",
        ];
        for text in table {
            assert_eq!(parse_url(text), None, "{text}");
        }
    }
}
