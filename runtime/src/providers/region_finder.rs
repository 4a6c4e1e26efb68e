//! The region of a configuration: the one that was named, or else, found out at the first call, the
//! one in which the machine is.

use std::sync::OnceLock;

use crate::ConfigError;
use crate::settings::region::Region;

#[cfg(feature = "aws-config")]
use crate::providers::instance::InstanceMetadata;

/// How long a call waits for another one that asks, which takes a few seconds at most.
#[cfg(feature = "aws-config")]
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// What a configuration knows of its region.
pub(crate) struct RegionFinder {
    pub(crate) named: Option<Region>,
    /// The places that had none.
    pub(crate) asked: String,
    /// Whom to ask where nobody has named one.
    #[cfg(feature = "aws-config")]
    pub(crate) instance: Option<InstanceMetadata>,
    pub(crate) found: OnceLock<Region>,
    /// Whose turn it is to ask.
    #[cfg(feature = "aws-config")]
    pub(crate) turn: tokio::sync::Mutex<()>,
}

impl RegionFinder {
    /// The region, where there is one by now.
    pub(crate) fn get(&self) -> Option<&Region> {
        self.named.as_ref().or_else(|| self.found.get())
    }

    pub(crate) fn missing(&self) -> ConfigError {
        ConfigError::MissingRegion { asked: self.asked.clone() }
    }

    /// Finds the region out where nobody has named one. It is asked for once, however many calls
    /// wait; that it could not be found out is not kept.
    #[cfg(feature = "aws-config")]
    pub(crate) async fn find(&self) -> Result<(), ConfigError> {
        let (None, Some(instance)) = (self.get(), &self.instance) else { return Ok(()) };
        let _turn = self.wait_for_turn().await;
        if self.get().is_some() {
            return Ok(());
        }
        let region = instance.region().await.map_err(|why| ConfigError::MissingRegion {
            asked: format!("{} and {why}", self.asked),
        })?;
        // Somebody who took too long may have been faster in the end.
        let _ = self.found.set(Region::of_instance(region));
        Ok(())
    }

    /// Waits for a call that asks, unless it stands still, on a runtime that nobody runs any more.
    /// Without a runtime, what comes next is an error anyway.
    #[cfg(feature = "aws-config")]
    async fn wait_for_turn(&self) -> Option<tokio::sync::MutexGuard<'_, ()>> {
        if let Ok(turn) = self.turn.try_lock() {
            return Some(turn);
        }
        tokio::runtime::Handle::try_current().ok()?;
        tokio::time::timeout(PATIENCE, self.turn.lock()).await.ok()
    }

    #[cfg(not(feature = "aws-config"))]
    pub(crate) async fn find(&self) -> Result<(), ConfigError> {
        Ok(())
    }
}
