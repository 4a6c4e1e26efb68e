//! Builds the providers that call a service: roles, web identities and SSO.

use std::sync::Arc;

use crate::config::credential_source::ProviderContext;
use crate::credentials::provider::ProvideCredentials;
use crate::providers::chain_settings::ChainSettings;
use crate::providers::client_config::ClientConfig;
use crate::providers::local::source;
use crate::providers::lookup::Lookup;
use crate::providers::plan::{Plan, Source};
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
        Source::WebIdentity(found) => Arc::new(WebIdentityProvider::new(found, &config)),
        Source::Sso(found) => Arc::new(SsoProvider::new(found, &config, settings.home.clone())),
        Source::Login(found) => {
            let origin = &found.session.origin;
            Arc::new(Lookup::Misconfigured(format!("{origin} is not supported")))
        }
        other => source(settings, other, &config.context),
    };
    plan.roles.iter().fold(first, |source, role| Arc::new(RoleProvider::new(role, source, &config)))
}
