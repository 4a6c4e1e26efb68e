//! The hosts that are connected to directly: those in `NO_PROXY`, and local ones that a proxy
//! cannot reach.

use std::net::{IpAddr, Ipv6Addr};

/// The parsed value of `NO_PROXY`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct NoProxy(Vec<NoProxyEntry>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct NoProxyEntry {
    hosts: HostPattern,
    port: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum HostPattern {
    All,
    /// An address, or all addresses that share its first bits.
    Network(IpAddr, u8),
    /// A host and all its subdomains, in lowercase.
    Domain(String),
}

impl NoProxy {
    /// Parses the list. Like other programs, it ignores entries that are not hosts.
    pub(crate) fn parse(list: &str) -> Self {
        let entries = list.split([',', ' ', '\t', '\n']).filter(|entry| !entry.is_empty());
        Self(entries.map(NoProxyEntry::parse).collect())
    }

    /// Returns true if every host matches, because an entry is `*`.
    pub(crate) fn contains_all(&self) -> bool {
        self.0.iter().any(|entry| entry.hosts == HostPattern::All && entry.port.is_none())
    }

    /// Returns true if the host of a URL matches an entry; `port` is the port of the connection.
    pub(crate) fn contains(&self, host: &str, port: u16) -> bool {
        let host = normalize(host);
        let address = host.parse::<IpAddr>().ok().map(|address| address.to_canonical());
        self.0.iter().any(|entry| {
            entry.port.is_none_or(|required| required == port)
                && entry.hosts.matches(&host, address)
        })
    }
}

impl NoProxyEntry {
    fn parse(entry: &str) -> Self {
        if entry == "*" {
            return Self { hosts: HostPattern::All, port: None };
        }
        if let Some(network) = parse_network(entry) {
            return Self { hosts: network, port: None };
        }
        let (host, port) = match entry.rsplit_once(':') {
            Some((host, port)) if port.parse::<u16>().is_ok() => (host, port.parse().ok()),
            _ => (entry, None),
        };
        let host = normalize(host);
        let hosts = parse_network(&host).unwrap_or_else(|| {
            let name = host.strip_prefix('*').unwrap_or(&host);
            HostPattern::Domain(name.strip_prefix('.').unwrap_or(name).to_owned())
        });
        Self { hosts, port }
    }
}

impl HostPattern {
    fn matches(&self, host: &str, address: Option<IpAddr>) -> bool {
        match (self, address) {
            (Self::All, _) => true,
            (Self::Network(network, bits), Some(address)) => {
                shares_prefix(*network, *bits, address)
            }
            (Self::Domain(name), None) => {
                let subdomain = host.strip_suffix(name.as_str());
                subdomain.is_some_and(|subdomain| subdomain.is_empty() || subdomain.ends_with('.'))
            }
            (Self::Network(..), None) | (Self::Domain(_), Some(_)) => false,
        }
    }
}

/// Normalizes a host: removes brackets and the trailing dot, and converts to lowercase.
fn normalize(host: &str) -> String {
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

/// Parses `10.1.2.3` or `10.0.0.0/8`.
fn parse_network(entry: &str) -> Option<HostPattern> {
    let (address, bits) = match entry.split_once('/') {
        Some((address, bits)) => (address, Some(bits.parse::<u8>().ok()?)),
        None => (entry, None),
    };
    let address: IpAddr = normalize(address).parse().ok()?;
    let width = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.unwrap_or(width);
    // An IPv4-mapped IPv6 address with a shorter prefix is an IPv6 network.
    let address = if bits == width { address.to_canonical() } else { address };
    (bits <= width).then_some(HostPattern::Network(address, bits))
}

/// Returns true if the first `bits` bits are equal.
fn shares_prefix(network: IpAddr, bits: u8, address: IpAddr) -> bool {
    let common_bits = match (network, address) {
        (IpAddr::V4(a), IpAddr::V4(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros(),
        (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros(),
        _ => return false,
    };
    common_bits >= u32::from(bits)
}

/// Returns true if the host is this machine, or a link-local or metadata address that is different
/// for every machine.
pub(crate) fn is_local(host: &str) -> bool {
    /// The IPv6 addresses of the instance metadata service and of the container credentials
    /// endpoint.
    const METADATA: [Ipv6Addr; 2] = [
        Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254),
        Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23),
    ];
    let host = normalize(host);
    match host.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => {
            address.is_loopback() || address.is_unicast_link_local() || METADATA.contains(&address)
        }
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_match_hosts_as_in_other_programs() {
        for (list, host, port, expected) in [
            ("", "a.example", 443, false),
            ("*", "a.example", 443, true),
            ("*", "10.0.0.1", 443, true),
            ("example.com", "example.com", 443, true),
            ("example.com", "EXAMPLE.com.", 443, true),
            ("Example.COM", "www.example.com", 443, true),
            (".example.com", "www.example.com", 443, true),
            (".example.com", "example.com", 443, true),
            ("*.example.com", "www.example.com", 443, true),
            ("example.com", "notexample.com", 443, false),
            ("example.com", "example.com.evil", 443, false),
            ("www.example.com", "example.com", 443, false),
            ("a, b.example,, c", "b.example", 443, true),
            ("a b.example c", "c", 443, true),
            ("example.com:8080", "example.com", 8080, true),
            ("example.com:8080", "www.example.com", 8080, true),
            ("example.com:8080", "example.com", 443, false),
            ("10.1.2.3", "10.1.2.3", 443, true),
            ("10.1.2.3:80", "10.1.2.3", 80, true),
            ("10.1.2.3:80", "10.1.2.3", 443, false),
            ("10.1.2.3", "10.1.2.30", 443, false),
            ("10.0.0.0/8", "10.255.0.1", 443, true),
            ("10.0.0.0/8", "11.0.0.1", 443, false),
            ("192.168.1.0/25", "192.168.1.127", 443, true),
            ("192.168.1.0/25", "192.168.1.128", 443, false),
            ("0.0.0.0/0", "8.8.8.8", 443, true),
            ("0.0.0.0/0", "a.example", 443, false),
            ("0.0.0.0/0", "[fd00::1]", 443, false),
            ("10.0.0.0/33", "10.0.0.0", 443, false),
            ("10.0.0.0/x", "10.0.0.0", 443, false),
            ("fd00::/8", "[fd12::1]", 443, true),
            ("fd00::/8", "[fe80::1]", 443, false),
            ("fd00::1", "[fd00::1]", 443, true),
            ("[fd00::1]", "[fd00::1]", 443, true),
            ("[fd00::1]:443", "[fd00::1]", 443, true),
            ("[fd00::1]:444", "[fd00::1]", 443, false),
            ("10.1.2.3", "[::ffff:10.1.2.3]", 443, true),
            ("::/0", "[::1]", 443, true),
            ("0.1", "10.0.0.1", 443, false),
        ] {
            assert_eq!(
                NoProxy::parse(list).contains(host, port),
                expected,
                "{list:?} {host}:{port}"
            );
        }
    }

    #[test]
    fn loopback_link_local_and_metadata_addresses_are_local() {
        for (host, expected) in [
            ("localhost", true),
            ("LocalHost.", true),
            ("registry.localhost", true),
            ("notlocalhost", false),
            ("127.8.9.1", true),
            ("[::1]", true),
            ("[::ffff:127.0.0.1]", true),
            ("169.254.169.254", true),
            ("169.254.170.23", true),
            ("[fd00:ec2::254]", true),
            ("[fd00:ec2::23]", true),
            ("[fd00:ec2::1]", false),
            ("10.0.0.1", false),
            ("0.0.0.0", false),
            ("ecr.eu-west-1.amazonaws.com", false),
        ] {
            assert_eq!(is_local(host), expected, "{host}");
        }
    }
}
