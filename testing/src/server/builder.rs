//! Settings of a server: its address, and how much of the received requests it records.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use super::Server;
use super::dispatcher::Dispatcher;
use super::listener::Listener;

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

    /// Sets the address to listen on. Port 0 selects a free port. Defaults to a free port of 127.0.0.1.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Sets whether received requests are recorded for [`Server::calls`]. Defaults to `true`.
    pub fn keep_calls(mut self, keep: bool) -> Self {
        self.keep_calls = keep;
        self
    }

    /// Sets the largest body, in bytes, that is recorded with a call. Defaults to no limit.
    pub fn keep_bodies(mut self, max_bytes: usize) -> Self {
        self.keep_bodies = max_bytes;
        self
    }

    /// Starts the server.
    ///
    /// # Errors
    /// Returns an error if the address is in use or the thread of the server cannot be started.
    pub fn start(self) -> io::Result<Server> {
        let dispatcher = Arc::new(Dispatcher::new(self.keep_calls, self.keep_bodies));
        let listener = Listener::start(self.address, Arc::clone(&dispatcher))?;
        let url = format!("http://{}", reachable(listener.address));
        Ok(Server::new(dispatcher, listener, url))
    }
}

/// The address at which programs on this machine reach the server: loopback if it listens on all
/// interfaces.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}
