//! How a registry is started: its account, its address, and the sizes of parts.

use std::future::ready;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use super::Registry;
use super::api::serve::{Counter, Shared, lock};
use super::api::{ecr, ecr_public};
use super::store::clock::Clock;
use super::store::layers::PartSizes;
use super::store::names::{self, Kind};
use super::store::{LAYERS, LOGOS, Store};
use crate::{Content, Server};

/// How much of each body the server keeps in its record: manifests, and no parts of layers.
const KEPT: usize = 1024 * 1024;

const MIB: u64 = 1024 * 1024;

/// The longest part that the models of the services allow.
const LONGEST_PART: u64 = 20 * MIB;

/// What a [`Registry`] is like.
#[derive(Clone, Debug)]
#[must_use]
pub struct RegistryBuilder {
    account: String,
    part_size: u64,
    least_part: Option<u64>,
    address: Option<SocketAddr>,
    keep_calls: bool,
}

impl RegistryBuilder {
    pub(super) fn new() -> Self {
        Self {
            account: "123456789012".to_owned(),
            part_size: 10 * MIB,
            least_part: None,
            address: None,
            keep_calls: true,
        }
    }

    /// The number of the account, 12 digits; 123456789012 unless told otherwise.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.account = account.into();
        self
    }

    /// The size of a part that clients are told to send, in bytes; 10 MiB unless told otherwise. With
    /// one of a few bytes, small layers come in several parts.
    pub fn part_size(mut self, bytes: u64) -> Self {
        self.part_size = bytes;
        self
    }

    /// The size that a part must have if it is not the last one, in bytes; unless told otherwise
    /// 5 MiB, or [`part_size`](Self::part_size) where that is less.
    pub fn least_part(mut self, bytes: u64) -> Self {
        self.least_part = Some(bytes);
        self
    }

    /// Where it listens; at a free port of loopback unless told otherwise.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = Some(address);
        self
    }

    /// Whether calls are recorded, which they are unless told otherwise. Where a registry runs for
    /// long, their record grows.
    pub fn keep_calls(mut self, keep: bool) -> Self {
        self.keep_calls = keep;
        self
    }

    /// Starts it.
    ///
    /// # Errors
    /// An address where it cannot listen, an account that is not 12 digits, and a size of parts that
    /// the services do not take: none at all, or more than 20 MiB.
    pub fn start(self) -> io::Result<Registry> {
        self.check()?;
        let builder = Server::builder().keep_calls(self.keep_calls).keep_bodies(KEPT);
        let server = match self.address {
            Some(address) => builder.address(address),
            None => builder,
        };
        let (server, clock) = (server.start()?, Clock::default());
        let store = |kind| self.store(kind, &server, clock.clone());
        ecr::put_on(&Counter { server: &server, store: &store(Kind::Private) });
        ecr_public::put_on(&Counter { server: &server, store: &store(Kind::Public) });
        Ok(Registry { server, clock })
    }

    fn check(&self) -> io::Result<()> {
        let invalid = |why: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        if let Err(refusal) = names::check_account(&self.account) {
            return invalid(refusal.message());
        }
        match (1..=LONGEST_PART).contains(&self.part_size) {
            true => Ok(()),
            false => invalid(&format!(
                "part_size {} is not from 1 to {LONGEST_PART} bytes",
                self.part_size
            )),
        }
    }

    /// One of the two registries, and what can be downloaded from it.
    fn store(&self, kind: Kind, server: &Server, clock: Clock) -> Shared {
        let least = self.least_part.unwrap_or(self.part_size.min(5 * MIB));
        let sizes = PartSizes { told: self.part_size, least };
        let store = Store::new(kind, &self.account, server.url(), sizes, clock);
        let store = Arc::new(Mutex::new(store));
        let shared = Arc::clone(&store);
        match kind {
            Kind::Private => server.on_get(LAYERS, move |path| {
                let token = path.strip_prefix(LAYERS).unwrap_or_default();
                ready(lock(&shared).download(token).map(Content::from))
            }),
            Kind::Public => server.on_get(LOGOS, move |path| {
                let token = path.strip_prefix(LOGOS).unwrap_or_default();
                ready(lock(&shared).logo(token).map(Content::from))
            }),
        }
        store
    }
}
