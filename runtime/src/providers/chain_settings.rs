//! The settings from which a configuration builds the default credential chain.

use std::sync::Arc;

use crate::ConfigError;
#[cfg(feature = "aws-config")]
use crate::Environment;
use crate::config::region_finder::RegionSource;
use crate::providers::plan::{self, Plan, PlanError, Source};
use crate::settings::profile::Profile;
use crate::settings::setting::{Origin, Setting, Sources};

#[cfg(feature = "aws-config")]
use crate::providers::instance::InstanceSettings;

/// The variables and the profile that the providers read. No provider is tried before the first
/// call.
#[derive(Clone)]
pub(crate) struct ChainSettings {
    #[cfg(feature = "aws-config")]
    pub(super) environment: Environment,
    pub(super) profile: Profile,
    pub(super) plan: Arc<Result<Plan, PlanError>>,
    #[cfg(feature = "aws-config")]
    pub(super) instance: InstanceSettings,
}

impl ChainSettings {
    pub(crate) fn load(sources: &Sources<'_>) -> Result<Self, ConfigError> {
        let plan = plan::plan(sources);
        let mut profile = sources.profile.clone();
        // The plan has what is needed. The rest of the files may hold other secrets.
        profile.sections = Arc::default();
        if !plan.as_ref().is_ok_and(Plan::needs_files) {
            profile.files.clear();
        }
        Ok(Self {
            #[cfg(feature = "aws-config")]
            environment: sources.environment.with_prefix("AWS_"),
            profile,
            plan: Arc::new(plan),
            #[cfg(feature = "aws-config")]
            instance: InstanceSettings::load(sources)?,
        })
    }

    /// The source of the region if no setting names one.
    pub(crate) fn region_source(&self) -> Option<Arc<dyn RegionSource>> {
        #[cfg(feature = "aws-config")]
        return Some(Arc::new(self.instance.clone()));
        #[cfg(not(feature = "aws-config"))]
        None
    }
}

impl Plan {
    /// Returns true if `aws-config` has to read the profile files.
    fn needs_files(&self) -> bool {
        let in_file = |setting: &Setting| matches!(setting.origin, Origin::Property(..));
        !self.roles.is_empty()
            || match &self.source {
                Source::Keys(_) | Source::Container | Source::Instance => false,
                Source::WebIdentity(found) => {
                    in_file(&found.token_file) && in_file(&found.role_arn)
                }
                Source::Sso(_) | Source::Login(_) | Source::Process(_) => true,
            }
    }
}
