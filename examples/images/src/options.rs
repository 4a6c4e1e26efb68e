//! What may be chosen about a transfer.

use std::sync::Arc;
use std::time::Duration;

use longshore::{HttpTransport, Transport};

/// How many blobs are moved at once unless an option says otherwise.
const JOBS: usize = 4;

/// How a layout is pushed.
#[derive(Debug, Clone)]
pub struct PushOptions {
    pub(crate) select: Option<String>,
    pub(crate) jobs: usize,
}

impl PushOptions {
    /// The only image of the layout, four blobs at once.
    #[must_use]
    pub fn new() -> Self {
        Self { select: None, jobs: JOBS }
    }

    /// Which image of the layout: its name in `index.json`, or its digest.
    #[must_use]
    pub fn select(mut self, name: impl Into<String>) -> Self {
        self.select = Some(name.into());
        self
    }

    /// How many blobs are moved at once, at least one. Memory follows this number: each takes a few
    /// times the size of a part.
    #[must_use]
    pub fn jobs(mut self, jobs: usize) -> Self {
        self.jobs = jobs.max(1);
        self
    }
}

impl Default for PushOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// How an image is pulled.
#[derive(Debug, Clone)]
pub struct PullOptions {
    pub(crate) jobs: usize,
    pub(crate) piece: u64,
    pub(crate) transport: Arc<dyn Transport>,
}

impl PullOptions {
    /// How many bytes of a layer are asked for at once unless [`piece_size`](Self::piece_size) says
    /// otherwise.
    pub const PIECE: u64 = 8 * 1024 * 1024;

    /// How long a download may stand still before it is tried again.
    const STANDSTILL: Duration = Duration::from_secs(30);

    /// Four blobs at once, in pieces of 8 MiB, over a transport without proxies.
    #[must_use]
    pub fn new() -> Self {
        let transport = HttpTransport::builder().read_limit(Some(Self::STANDSTILL)).build();
        Self { jobs: JOBS, piece: Self::PIECE, transport: Arc::new(transport) }
    }

    /// How many blobs are moved at once, at least one.
    #[must_use]
    pub fn jobs(mut self, jobs: usize) -> Self {
        self.jobs = jobs.max(1);
        self
    }

    /// How many bytes of a layer are asked for at once, at least one. Memory follows this number.
    #[must_use]
    pub fn piece_size(mut self, bytes: u64) -> Self {
        self.piece = bytes.max(1);
        self
    }

    /// What carries the downloads, which go to storage and not to the service's endpoint. A
    /// transport has the proxies it is given, so a program that honours the environment gives one
    /// here.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Arc::new(transport);
        self
    }
}

impl Default for PullOptions {
    fn default() -> Self {
        Self::new()
    }
}
