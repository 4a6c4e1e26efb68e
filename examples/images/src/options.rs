//! Options of pushes and pulls.

use std::sync::Arc;
use std::time::Duration;

use longshore::{HttpTransport, Transport};

/// The default number of blobs that are moved concurrently.
const DEFAULT_JOBS: usize = 4;

/// Options of [`push`](crate::push()).
#[derive(Debug, Clone)]
pub struct PushOptions {
    pub(crate) select: Option<String>,
    pub(crate) jobs: usize,
}

impl PushOptions {
    /// The defaults: the only image of the layout, with four concurrent uploads.
    #[must_use]
    pub fn new() -> Self {
        Self { select: None, jobs: DEFAULT_JOBS }
    }

    /// Selects an image of the layout by its name in `index.json` or by its digest.
    #[must_use]
    pub fn select(mut self, name: impl Into<String>) -> Self {
        self.select = Some(name.into());
        self
    }

    /// Sets the number of concurrent uploads, at least one. Each needs memory for a few parts.
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

/// Options of [`pull`](crate::pull()).
#[derive(Debug, Clone)]
pub struct PullOptions {
    pub(crate) jobs: usize,
    pub(crate) chunk_size: u64,
    pub(crate) transport: Arc<dyn Transport>,
}

impl PullOptions {
    /// The default of [`chunk_size`](Self::chunk_size), in bytes.
    pub const CHUNK_SIZE: u64 = 8 * 1024 * 1024;

    /// How long a download may go without receiving data before it is retried.
    const READ_TIMEOUT: Duration = Duration::from_secs(30);

    /// The defaults: four concurrent downloads, in chunks of 8 MiB, without proxies.
    #[must_use]
    pub fn new() -> Self {
        let transport = HttpTransport::builder().read_limit(Self::READ_TIMEOUT).build();
        Self { jobs: DEFAULT_JOBS, chunk_size: Self::CHUNK_SIZE, transport: Arc::new(transport) }
    }

    /// Sets the number of concurrent downloads, at least one.
    #[must_use]
    pub fn jobs(mut self, jobs: usize) -> Self {
        self.jobs = jobs.max(1);
        self
    }

    /// Sets the size of the ranges in which layers are downloaded, in bytes. It determines the use of
    /// memory.
    #[must_use]
    pub fn chunk_size(mut self, bytes: u64) -> Self {
        self.chunk_size = bytes.max(1);
        self
    }

    /// Sets the transport for downloads, which go to storage instead of the endpoint of the service.
    /// The default transport ignores the environment; pass one here to use its proxies.
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
