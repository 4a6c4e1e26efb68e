//! The settings from which a configuration builds the default credential chain.

use std::path::PathBuf;
use std::sync::Arc;

use crate::config::region_finder::RegionSource;
use crate::endpoint::custom::Overrides;
use crate::providers::instance::InstanceSettings;
use crate::providers::plan::{self, Plan, PlanError};
use crate::settings::expand::{expand, home};
use crate::settings::setting::Sources;
use crate::{ConfigError, Environment};

const CONTAINER_VARIABLES: &str = "AWS_CONTAINER_";

/// The plan of the chain, and the other settings that the providers use. No provider is tried
/// before the first call.
#[derive(Clone)]
#[cfg_attr(
    not(feature = "credential-chain"),
    expect(dead_code, reason = "only providers that call a service use all settings")
)]
pub(crate) struct ChainSettings {
    /// The variables that configure a container.
    pub(super) environment: Environment,
    /// The endpoints of STS, SSO and AWS Sign-In, or the reason they cannot be used.
    pub(super) endpoints: Result<Overrides, String>,
    pub(super) home: Option<PathBuf>,
    /// The folder in which the AWS CLI keeps the sessions of `aws login`.
    pub(super) login_folder: Option<PathBuf>,
    pub(super) plan: Arc<Result<Plan, PlanError>>,
    pub(super) instance: InstanceSettings,
}

impl ChainSettings {
    /// Loads the settings. `endpoints` come from the environment and the profile, even if the code
    /// sets one.
    pub(crate) fn load(
        sources: &Sources<'_>,
        endpoints: Result<Overrides, ConfigError>,
    ) -> Result<Self, ConfigError> {
        Ok(Self {
            environment: sources.environment.with_prefix(CONTAINER_VARIABLES),
            endpoints: endpoints.map_err(|error| error.to_string()),
            home: home(sources.environment),
            login_folder: login_folder(sources.environment),
            plan: Arc::new(plan::plan(sources)),
            instance: InstanceSettings::load(sources)?,
        })
    }

    /// The source of the region if no setting names one.
    pub(crate) fn region_source(&self) -> Option<Arc<dyn RegionSource>> {
        Some(Arc::new(self.instance.clone()))
    }
}

fn login_folder(environment: &Environment) -> Option<PathBuf> {
    match environment.get("AWS_LOGIN_CACHE_DIRECTORY") {
        Some(path) => Some(expand(path, environment)),
        None => Some(home(environment)?.join(".aws/login/cache")),
    }
}
