//! Settings of a registry, and its start.

use std::future::ready;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use super::Registry;
use super::api::handlers::Handlers;
use super::api::{ecr, ecr_public};
use super::distribution;
use super::store::Store;
use super::store::clock::Clock;
use super::store::layers::PartSizes;
use super::store::names::{self, RegistryKind};
use super::store::repositories::{LAYERS_PATH, LOGOS_PATH};
use super::store::shared::{SharedStore, lock};
use crate::{Content, Server};

const MIB: u64 = 1024 * 1024;

/// The largest body that the server records: manifests, but not the parts of layers.
const MAX_RECORDED_BODY: usize = 1024 * 1024;

/// The largest part that the services accept.
const MAX_PART_SIZE: u64 = 20 * MIB;

/// Builds a [`Registry`].
#[derive(Clone, Debug)]
#[must_use]
pub struct RegistryBuilder {
    account: String,
    part_size: u64,
    min_part_size: Option<u64>,
    address: Option<SocketAddr>,
    keep_calls: bool,
    create_on_push: bool,
}

impl RegistryBuilder {
    pub(super) fn new() -> Self {
        Self {
            account: "123456789012".to_owned(),
            part_size: 10 * MIB,
            min_part_size: None,
            address: None,
            keep_calls: true,
            create_on_push: false,
        }
    }

    /// Sets the account id, which has 12 digits. Defaults to 123456789012.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.account = account.into();
        self
    }

    /// Sets the part size that the registry suggests to clients, in bytes. Defaults to 10 MiB. With
    /// a few bytes, even small layers are uploaded in several parts.
    pub fn part_size(mut self, bytes: u64) -> Self {
        self.part_size = bytes;
        self
    }

    /// Sets the minimum size of all parts but the last one of a layer, in bytes. Defaults to 5 MiB,
    /// or to [`part_size`](Self::part_size) if that is less.
    pub fn min_part_size(mut self, bytes: u64) -> Self {
        self.min_part_size = Some(bytes);
        self
    }

    /// Sets the address to listen on. Defaults to a free port of 127.0.0.1.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = Some(address);
        self
    }

    /// Sets whether received requests are recorded. Defaults to `true`; `false` saves the memory of the
    /// record in a registry that runs for a long time.
    pub fn keep_calls(mut self, keep: bool) -> Self {
        self.keep_calls = keep;
        self
    }

    /// Sets whether `docker push` and other pushes through the distribution API create a repository
    /// that does not exist. Defaults to `false`: such a push fails.
    pub fn create_on_push(mut self, create: bool) -> Self {
        self.create_on_push = create;
        self
    }

    /// Starts the registry.
    ///
    /// # Errors
    /// Returns an error if the address is in use, the account id does not have 12 digits, or the part
    /// size is 0 or more than 20 MiB.
    pub fn start(self) -> io::Result<Registry> {
        self.check()?;
        let builder = Server::builder().keep_calls(self.keep_calls).keep_bodies(MAX_RECORDED_BODY);
        let server = match self.address {
            Some(address) => builder.address(address),
            None => builder,
        };
        let (server, clock) = (server.start()?, Clock::default());
        let store = |kind| self.store(kind, &server, clock.clone());
        let private = store(RegistryKind::Private);
        ecr::register(&Handlers { server: &server, store: &private });
        distribution::register(&server, &private);
        ecr_public::register(&Handlers { server: &server, store: &store(RegistryKind::Public) });
        Ok(Registry { server, clock, private })
    }

    fn check(&self) -> io::Result<()> {
        let invalid = |why: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        if let Err(error) = names::check_account(&self.account) {
            return invalid(error.message());
        }
        match (1..=MAX_PART_SIZE).contains(&self.part_size) {
            true => Ok(()),
            false => invalid(&format!(
                "part_size must be 1 to {MAX_PART_SIZE} bytes, not {}",
                self.part_size
            )),
        }
    }

    /// Creates one of the two stores, and registers its downloads.
    fn store(&self, kind: RegistryKind, server: &Server, clock: Clock) -> SharedStore {
        let minimum = self.min_part_size.unwrap_or(self.part_size.min(5 * MIB));
        let sizes = PartSizes { suggested: self.part_size, minimum };
        let mut store = Store::new(kind, &self.account, server.url(), sizes, clock);
        store.create_on_push = self.create_on_push;
        let store = Arc::new(Mutex::new(store));
        let shared = Arc::clone(&store);
        match kind {
            RegistryKind::Private => server.on_get(LAYERS_PATH, move |path| {
                let token = path.strip_prefix(LAYERS_PATH).unwrap_or_default();
                ready(lock(&shared).download(token).map(Content::from))
            }),
            RegistryKind::Public => server.on_get(LOGOS_PATH, move |path| {
                let token = path.strip_prefix(LOGOS_PATH).unwrap_or_default();
                ready(lock(&shared).logo(token).map(Content::from))
            }),
        }
        store
    }
}
