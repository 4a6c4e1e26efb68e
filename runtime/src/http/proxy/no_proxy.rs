//! The hosts that are reached without a proxy: `NO_PROXY`, and those that no proxy can reach for us.

use std::net::{IpAddr, Ipv6Addr};

/// What `NO_PROXY` names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct NoProxy(Vec<Entry>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    hosts: Hosts,
    port: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Hosts {
    All,
    /// An address, or those that have so many bits at their beginning in common with it.
    Addresses(IpAddr, u8),
    /// A host and those below it; in small letters.
    Named(String),
}

impl NoProxy {
    /// Reads the list. What is no host in it matches nothing, as in all other programs.
    pub(crate) fn parse(list: &str) -> Self {
        let entries = list.split([',', ' ', '\t', '\n']).filter(|entry| !entry.is_empty());
        Self(entries.map(Entry::parse).collect())
    }

    /// Whether a host of a URL is among them; `port` is the one that is connected to.
    pub(crate) fn contains(&self, host: &str, port: u16) -> bool {
        let named = plain(host);
        let address = named.parse::<IpAddr>().ok().map(|address| address.to_canonical());
        self.0.iter().any(|entry| {
            entry.port.is_none_or(|own| own == port) && entry.hosts.contain(&named, address)
        })
    }
}

impl Entry {
    fn parse(entry: &str) -> Self {
        if entry == "*" {
            return Self { hosts: Hosts::All, port: None };
        }
        if let Some(addresses) = addresses(entry) {
            return Self { hosts: addresses, port: None };
        }
        let (host, port) = match entry.rsplit_once(':') {
            Some((host, port)) if port.parse::<u16>().is_ok() => (host, port.parse().ok()),
            _ => (entry, None),
        };
        let host = plain(host);
        let hosts = addresses(&host).unwrap_or_else(|| {
            let name = host.strip_prefix('*').unwrap_or(&host);
            Hosts::Named(name.strip_prefix('.').unwrap_or(name).to_owned())
        });
        Self { hosts, port }
    }
}

impl Hosts {
    fn contain(&self, host: &str, address: Option<IpAddr>) -> bool {
        match (self, address) {
            (Self::All, _) => true,
            (Self::Addresses(network, bits), Some(address)) => shares(*network, *bits, address),
            (Self::Named(name), None) => {
                let below = host.strip_suffix(name.as_str());
                below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
            }
            (Self::Addresses(..), None) | (Self::Named(_), Some(_)) => false,
        }
    }
}

/// A host without brackets and the dot of the root, in small letters.
fn plain(host: &str) -> String {
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

/// `10.1.2.3` or `10.0.0.0/8`.
fn addresses(entry: &str) -> Option<Hosts> {
    let (address, bits) = match entry.split_once('/') {
        Some((address, bits)) => (address, Some(bits.parse::<u8>().ok()?)),
        None => (entry, None),
    };
    let address: IpAddr = plain(address).parse().ok()?;
    let width = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.unwrap_or(width);
    // An IPv4 address that is written as one of IPv6 stays what it is where it has fewer bits.
    let address = if bits == width { address.to_canonical() } else { address };
    (bits <= width).then_some(Hosts::Addresses(address, bits))
}

/// Whether the first `bits` bits are the same.
fn shares(network: IpAddr, bits: u8, address: IpAddr) -> bool {
    let different = match (network, address) {
        (IpAddr::V4(a), IpAddr::V4(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros(),
        (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros(),
        _ => return false,
    };
    different >= u32::from(bits)
}

/// Whether a host is this machine, or one that every machine has for itself.
pub(crate) fn is_near(host: &str) -> bool {
    /// Where instances and containers with IPv6 ask for metadata and credentials.
    const METADATA: [Ipv6Addr; 2] = [
        Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254),
        Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23),
    ];
    let host = plain(host);
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
    fn hosts_are_matched_as_other_programs_match_them() {
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
    fn near_is_this_machine_and_what_each_machine_has_for_itself() {
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
            assert_eq!(is_near(host), expected, "{host}");
        }
    }
}
