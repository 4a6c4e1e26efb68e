//! The region of a configuration: the one that was named, or else, found out at the first call, the
//! one in which the machine is.

use tokio::sync::OnceCell;

use crate::ConfigError;
use crate::region::Region;

#[cfg(feature = "aws-config")]
use crate::instance::InstanceMetadata;

/// What a configuration knows of its region.
pub(crate) struct RegionFinder {
    pub(crate) named: Option<Region>,
    /// The places that had none.
    pub(crate) asked: String,
    /// Whom to ask where nobody has named one.
    #[cfg(feature = "aws-config")]
    pub(crate) instance: Option<InstanceMetadata>,
    pub(crate) found: OnceCell<Region>,
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
        let answer = self.found.get_or_try_init(|| async {
            instance.region().await.map(Region::of_instance).map_err(|why| {
                ConfigError::MissingRegion { asked: format!("{} and {why}", self.asked) }
            })
        });
        answer.await.map(|_| ())
    }

    #[cfg(not(feature = "aws-config"))]
    pub(crate) async fn find(&self) -> Result<(), ConfigError> {
        Ok(())
    }
}
