//! The settings from which a configuration builds the default credential chain.

use std::sync::Arc;

use crate::config::region_finder::RegionSource;
use crate::providers::instance::InstanceSettings;
use crate::providers::profile::source_property;
use crate::settings::profile::Profile;
use crate::settings::setting::Sources;
use crate::{ConfigError, Environment};

/// The variables and the profile that the providers read. No provider is tried before the first
/// call.
#[derive(Clone)]
pub(crate) struct ChainSettings {
    pub(super) environment: Environment,
    pub(super) profile: Profile,
    pub(super) instance: InstanceSettings,
}

impl ChainSettings {
    pub(crate) fn load(sources: &Sources<'_>) -> Result<Self, ConfigError> {
        let mut profile = sources.profile.clone();
        // The rest of the files, which may hold other secrets, is only needed to follow references.
        if source_property(&profile).is_none() {
            profile.files.clear();
        }
        Ok(Self {
            environment: sources.environment.with_prefix("AWS_"),
            profile,
            instance: InstanceSettings::load(sources)?,
        })
    }

    /// The source of the region if no setting names one.
    pub(crate) fn region_source(&self) -> Option<Arc<dyn RegionSource>> {
        Some(Arc::new(self.instance.clone()))
    }
}
