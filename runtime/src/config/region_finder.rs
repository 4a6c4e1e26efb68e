//! The region of a configuration: the configured one, or one that is looked up by the first call
//! that needs it.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{Mutex, MutexGuard};

use crate::settings::region::Region;
use crate::tokio_runtime::requirements::check_timers;
use crate::{BoxFuture, ConfigError, Transport};

/// How long a call waits for the lookup of another call, which takes a few seconds at most.
const MAX_WAIT_FOR_LOOKUP: Duration = Duration::from_secs(30);

/// Looks up the region of the machine, for example in the metadata of an EC2 instance.
pub(crate) trait RegionSource: Send + Sync {
    /// Looks up the region over `transport`. The error names the source and what went wrong.
    fn find<'a>(
        &'a self,
        transport: &'a Arc<dyn Transport>,
    ) -> BoxFuture<'a, Result<Region, String>>;
}

/// Holds the region of a configuration.
pub(crate) struct RegionFinder {
    configured: Option<Region>,
    /// Where a configured region was searched for, for error messages.
    searched: String,
    source: Option<Arc<dyn RegionSource>>,
    transport: Arc<dyn Transport>,
    found: OnceLock<Region>,
    lookup_lock: Mutex<()>,
}

impl RegionFinder {
    pub(crate) fn new(
        configured: Option<Region>,
        searched: String,
        source: Option<Arc<dyn RegionSource>>,
        transport: Arc<dyn Transport>,
    ) -> Self {
        let (found, lookup_lock) = (OnceLock::new(), Mutex::default());
        Self { configured, searched, source, transport, found, lookup_lock }
    }

    /// The configured region, or the one that a lookup has found.
    pub(crate) fn get(&self) -> Option<&Region> {
        self.configured.as_ref().or_else(|| self.found.get())
    }

    pub(crate) fn missing(&self) -> ConfigError {
        ConfigError::MissingRegion { asked: self.searched.clone() }
    }

    /// Looks up the region unless it is known. Concurrent calls share one lookup. A failure is not
    /// cached.
    pub(crate) async fn find(&self) -> Result<(), ConfigError> {
        let (None, Some(source)) = (self.get(), &self.source) else { return Ok(()) };
        let _guard = self.wait_for_lookup().await;
        if self.get().is_some() {
            return Ok(());
        }
        let region = source.find(&self.transport).await.map_err(|problem| {
            ConfigError::MissingRegion { asked: format!("{} and {problem}", self.searched) }
        })?;
        // A lookup that this call stopped waiting for may have finished first.
        let _ = self.found.set(region);
        Ok(())
    }

    /// Waits until no other call is looking up the region. The wait is limited, because the other
    /// call may be on a runtime that is no longer polled. Without a runtime that has timers there is
    /// no wait, because the lookup itself fails.
    async fn wait_for_lookup(&self) -> Option<MutexGuard<'_, ()>> {
        if let Ok(guard) = self.lookup_lock.try_lock() {
            return Some(guard);
        }
        check_timers().ok()?;
        tokio::time::timeout(MAX_WAIT_FOR_LOOKUP, self.lookup_lock.lock()).await.ok()
    }
}
