//! How a server is started: where, and how much it keeps of what comes.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use super::Server;
use super::desk::Desk;
use super::thread::Listening;

/// Builds a [`Server`].
#[derive(Debug, Clone)]
#[must_use]
pub struct ServerBuilder {
    address: SocketAddr,
    keep_calls: bool,
    keep_bodies: usize,
}

impl ServerBuilder {
    pub(super) fn new() -> Self {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self { address, keep_calls: true, keep_bodies: usize::MAX }
    }

    /// Where to listen, instead of a free port of 127.0.0.1. A port of 0 is a free one.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Whether calls are kept for [`Server::calls`], as they are unless this switches it off.
    pub fn keep_calls(mut self, keep: bool) -> Self {
        self.keep_calls = keep;
        self
    }

    /// Keeps bodies with calls only up to this many bytes, instead of all.
    pub fn keep_bodies(mut self, longest: usize) -> Self {
        self.keep_bodies = longest;
        self
    }

    /// Starts it.
    ///
    /// # Errors
    /// The system's, where the address is taken or there is no thread.
    pub fn start(self) -> io::Result<Server> {
        let desk = Arc::new(Desk::new(self.keep_calls, self.keep_bodies));
        let listening = Listening::start(self.address, Arc::clone(&desk))?;
        let url = format!("http://{}", reachable(listening.address));
        Ok(Server::of(desk, listening, url))
    }
}

/// An address at which a server on this machine is found.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}
