//! The region of a configuration: the configured one, or one that is looked up by the first call
//! that needs it.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::settings::region::Region;
use crate::single_flight::SingleFlight;
use crate::{BoxFuture, ConfigError, Transport};

/// How long a call waits for the lookup of another call, which takes a few seconds at most unless
/// that call is on a runtime that is no longer polled.
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
    lookups: SingleFlight<String>,
}

impl RegionFinder {
    pub(crate) fn new(
        configured: Option<Region>,
        searched: String,
        source: Option<Arc<dyn RegionSource>>,
        transport: Arc<dyn Transport>,
    ) -> Self {
        let (found, lookups) = (OnceLock::new(), SingleFlight::new(MAX_WAIT_FOR_LOOKUP));
        Self { configured, searched, source, transport, found, lookups }
    }

    /// The configured region, or the one that a lookup has found.
    pub(crate) fn get(&self) -> Option<&Region> {
        self.configured.as_ref().or_else(|| self.found.get())
    }

    pub(crate) fn missing(&self) -> ConfigError {
        ConfigError::MissingRegion { searched: self.searched.clone() }
    }

    /// Looks up the region unless it is known. Concurrent calls share one lookup and its failure. A
    /// failure is not cached for later calls.
    pub(crate) async fn find(&self) -> Result<(), ConfigError> {
        let (None, Some(source)) = (self.get(), &self.source) else { return Ok(()) };
        let failures = self.lookups.failures();
        let lookup = self.lookups.start().await;
        if self.get().is_some() {
            return Ok(());
        }
        if let Some(problem) = self.lookups.failure_since(failures) {
            return Err(self.not_found(&problem));
        }
        match source.find(&self.transport).await {
            Ok(region) => {
                // A lookup that this call stopped waiting for may have finished first.
                let _ = self.found.set(region);
                Ok(())
            }
            Err(problem) => {
                let error = self.not_found(&problem);
                self.lookups.fail(&lookup, problem);
                Err(error)
            }
        }
    }

    fn not_found(&self, problem: &str) -> ConfigError {
        ConfigError::MissingRegion { searched: format!("{} and {problem}", self.searched) }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::task::{Context, Waker};

    use tokio::sync::Semaphore;

    use crate::HttpTransport;

    use super::*;

    /// A source without a region. A lookup ends when it gets a permit. The lookups are counted.
    struct NoRegion {
        lookups: AtomicU32,
        released: Semaphore,
    }

    impl RegionSource for NoRegion {
        fn find<'a>(&'a self, _: &'a Arc<dyn Transport>) -> BoxFuture<'a, Result<Region, String>> {
            self.lookups.fetch_add(1, Ordering::Relaxed);
            Box::pin(async {
                self.released.acquire().await.expect("released").forget();
                Err("the metadata (not here)".to_owned())
            })
        }
    }

    fn finder() -> (Arc<NoRegion>, RegionFinder) {
        let source = Arc::new(NoRegion { lookups: AtomicU32::new(0), released: Semaphore::new(0) });
        let transport = Arc::new(HttpTransport::new());
        let shared = Arc::clone(&source) as Arc<dyn RegionSource>;
        (source, RegionFinder::new(None, "the code".to_owned(), Some(shared), transport))
    }

    /// Starts lookups that wait for each other.
    fn start(finder: &RegionFinder) -> Vec<BoxFuture<'_, Result<(), ConfigError>>> {
        let mut calls: Vec<BoxFuture<'_, _>> =
            (0..20).map(|_| Box::pin(finder.find()) as BoxFuture<'_, _>).collect();
        for call in &mut calls {
            let polled = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            assert!(polled.is_pending());
        }
        calls
    }

    #[tokio::test]
    async fn concurrent_calls_share_one_lookup_and_its_failure() {
        let (source, finder) = finder();
        let calls = start(&finder);
        source.released.add_permits(20);
        for call in calls {
            let searched = "the code and the metadata (not here)".to_owned();
            assert_eq!(call.await, Err(ConfigError::MissingRegion { searched }));
        }
        assert_eq!(source.lookups.load(Ordering::Relaxed), 1);
        // A later call starts another lookup.
        finder.find().await.expect_err("no region");
        assert_eq!(source.lookups.load(Ordering::Relaxed), 2);
    }

    /// The first call may be on a runtime that is no longer polled.
    #[tokio::test(start_paused = true)]
    async fn only_one_call_takes_over_a_lookup_that_is_stuck() {
        let (source, finder) = finder();
        let mut calls = start(&finder);
        let _stuck = calls.remove(0);
        tokio::time::advance(MAX_WAIT_FOR_LOOKUP + Duration::from_millis(1)).await;
        for call in &mut calls {
            let polled = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            assert!(polled.is_pending());
        }
        assert_eq!(source.lookups.load(Ordering::Relaxed), 2);
        source.released.add_permits(20);
        for call in calls {
            call.await.expect_err("no region");
        }
        assert_eq!(source.lookups.load(Ordering::Relaxed), 2);
    }
}
