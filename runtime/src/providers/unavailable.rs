//! Replaces the providers that need the feature `credential-chain` with errors that name the
//! feature.

use std::sync::Arc;

use crate::config::credential_source::ProviderContext;
use crate::credentials::provider::ProvideCredentials;
use crate::providers::chain_settings::ChainSettings;
use crate::providers::lookup::Lookup;
use crate::providers::plan::{LocalSource, Plan, ServiceSource, Source};
use crate::settings::setting::Origin;

const NEEDED: &str = "needs the feature credential-chain of longshore-runtime";

/// Returns a provider that always fails. The error names the setting that configures it.
pub(super) fn provider(
    _: &ChainSettings,
    plan: &Plan,
    _: &ProviderContext,
) -> Arc<dyn ProvideCredentials> {
    let reason = match origin(plan) {
        Some(origin) => format!("{origin} {NEEDED}"),
        None => format!("{} {NEEDED}", plan.source_name),
    };
    Arc::new(Lookup::Misconfigured(reason))
}

/// Returns the setting that configures the provider.
fn origin(plan: &Plan) -> Option<&Origin> {
    let setting = match (plan.roles.last(), &plan.source) {
        (Some(role), _) => &role.role_arn,
        (None, Source::Service(ServiceSource::WebIdentity(found))) => &found.token_file,
        (None, Source::Service(ServiceSource::Sso(found))) => &found.account_id,
        (None, Source::Service(ServiceSource::Login(found))) => &found.session,
        (None, Source::Local(LocalSource::Process(found))) => &found.command,
        (None, Source::Local(_)) => return None,
    };
    Some(&setting.origin)
}
