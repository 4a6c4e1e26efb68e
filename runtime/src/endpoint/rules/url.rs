//! URLs, as far as endpoint rules take them apart.

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
    /// `https` or `http`.
    #[must_use]
    pub fn scheme(&self) -> &'a str {
        self.scheme
    }

    /// The host, and the port where one is written.
    #[must_use]
    pub fn authority(&self) -> &'a str {
        self.authority
    }

    /// The path as it was written; `/` where there is none.
    #[must_use]
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// The path with a slash at its beginning and at its end.
    #[must_use]
    pub fn normalized_path(&self) -> &str {
        &self.normalized_path
    }

    /// Whether the host is an IPv4 or IPv6 address.
    #[must_use]
    pub fn is_ip(&self) -> bool {
        self.is_ip
    }
}

/// Takes a URL apart; nothing where it is none, has another scheme than HTTP's, or has a query or a
/// fragment (`parseURL`).
#[must_use]
pub fn parse_url(text: &str) -> Option<Url<'_>> {
    let (scheme, rest) = text.split_once("://")?;
    let legal = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '?' | '#' | '\\');
    if !matches!(scheme, "http" | "https") || !rest.chars().all(legal) {
        return None;
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    // A user or a password is no part of where a request goes.
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host_of(authority)?;
    let path = if path.is_empty() { "/" } else { path };
    let end = if path.ends_with('/') { "" } else { "/" };
    let normalized_path = format!("{path}{end}");
    Some(Url { scheme, authority, path, normalized_path, is_ip: is_ip(host) })
}

/// The host of an authority whose port, if it has one, is a number.
fn host_of(authority: &str) -> Option<&str> {
    let end = if authority.starts_with('[') { authority.find(']')? + 1 } else { 0 };
    let colon = authority[end..].find(':').map(|at| end + at);
    let (host, port) = authority.split_at(colon.unwrap_or(authority.len()));
    let number = port.is_empty() || port[1..].parse::<u16>().is_ok();
    let bracketed = end == 0 || end == host.len();
    (number && bracketed && !host.is_empty()).then_some(host)
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
    fn urls_are_taken_apart() {
        // The URL; its scheme, authority, path, normalized path, and whether it is an address.
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
    fn what_is_no_url_is_none() {
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
