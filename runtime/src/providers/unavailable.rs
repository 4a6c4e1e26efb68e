//! Replaces the providers that need the feature `aws-config` with ones that report that it is
//! missing.

use crate::config::credential_source::ProviderContext;
use crate::providers::chain_settings::ChainSettings;
use crate::providers::lookup::Lookup;
use crate::providers::named_provider::NamedProvider;
use crate::providers::plan::{Plan, Source};
use crate::settings::setting::Origin;

const NEEDED: &str = "needs the feature aws-config of longshore-runtime";

/// A provider that fails if a setting configures it.
pub(super) fn provider(
    settings: &ChainSettings,
    plan: &Plan,
    _: &ProviderContext,
) -> NamedProvider {
    if plan.roles.is_empty() && matches!(plan.source, Source::Instance) {
        let reason = "available only with the feature aws-config of longshore-runtime".to_owned();
        return NamedProvider::new(&plan.source_name, Lookup::NotConfigured(reason));
    }
    let name = settings.profile.description();
    let reason = match origin(plan) {
        Some(origin) => format!("{origin} {NEEDED}"),
        None => format!("{} {NEEDED}", plan.source_name),
    };
    NamedProvider::new(name, Lookup::Misconfigured(reason))
}

/// The setting that configures the provider.
fn origin(plan: &Plan) -> Option<&Origin> {
    let setting = match (plan.roles.last(), &plan.source) {
        (Some(role), _) => &role.role_arn,
        (None, Source::WebIdentity(found)) => &found.token_file,
        (None, Source::Sso(found)) => &found.account_id,
        (None, Source::Login(found)) => &found.session,
        (None, Source::Process(found)) => &found.command,
        (None, Source::Keys(_) | Source::Container | Source::Instance) => return None,
    };
    Some(&setting.origin)
}
