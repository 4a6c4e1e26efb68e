//! Builds the providers that call a service: roles, web identities, SSO and login sessions.

use std::sync::Arc;

use crate::config::credential_source::ProviderContext;
use crate::credentials::provider::ProvideCredentials;
use crate::providers::chain_settings::ChainSettings;
use crate::providers::client_config::ClientConfig;
use crate::providers::local::source;
use crate::providers::login::LoginProvider;
use crate::providers::lookup::Lookup;
use crate::providers::plan::{Plan, ServiceSource, Source};
use crate::providers::role::RoleProvider;
use crate::providers::sso::SsoProvider;
use crate::providers::web_identity::WebIdentityProvider;

/// Builds the provider of a plan: its source, and the roles that are assumed one after the other.
pub(super) fn provider(
    settings: &ChainSettings,
    plan: &Plan,
    context: &ProviderContext,
) -> Arc<dyn ProvideCredentials> {
    let endpoints = match &settings.endpoints {
        Ok(endpoints) => endpoints.clone(),
        Err(problem) => return Arc::new(Lookup::Misconfigured(problem.clone())),
    };
    let config = ClientConfig { context: context.clone(), endpoints };
    let first: Arc<dyn ProvideCredentials> = match &plan.source {
        Source::Local(found) => source(settings, found, &config.context),
        Source::Service(found) => service(settings, found, &config),
    };
    plan.roles.iter().fold(first, |source, role| Arc::new(RoleProvider::new(role, source, &config)))
}

/// The provider of a source that is an operation of a service.
fn service(
    settings: &ChainSettings,
    source: &ServiceSource,
    config: &ClientConfig,
) -> Arc<dyn ProvideCredentials> {
    match source {
        ServiceSource::WebIdentity(found) => Arc::new(WebIdentityProvider::new(found, config)),
        ServiceSource::Sso(found) => {
            Arc::new(SsoProvider::new(found, config, settings.home.clone()))
        }
        ServiceSource::Login(found) => {
            Arc::new(LoginProvider::new(found, config, settings.login_folder.clone()))
        }
    }
}
