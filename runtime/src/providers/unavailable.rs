//! Replaces the providers that need the feature `aws-config` with ones that report that it is
//! missing.

use crate::config::credential_source::ProviderContext;
use crate::providers::chain_settings::ChainSettings;
use crate::providers::lookup::Lookup;
use crate::providers::named_provider::NamedProvider;

const NEEDED: &str = "needs the feature aws-config of longshore-runtime";

/// A profile whose `property` gets credentials from another source.
pub(super) fn profile(
    settings: &ChainSettings,
    property: &'static str,
    _: &ProviderContext,
) -> NamedProvider {
    let location = settings.profile.get(property).map(|found| found.location.to_string());
    let reason = format!("{property} in {} {NEEDED}", location.unwrap_or_default());
    NamedProvider::new(settings.profile.description(), Lookup::Misconfigured(reason))
}

/// The web identity in environment variables. The variable of its token file is an error.
pub(super) fn web_identity(settings: &ChainSettings, _: &ProviderContext) -> NamedProvider {
    let name = "AWS_WEB_IDENTITY_TOKEN_FILE";
    let lookup = match settings.environment.get(name) {
        Some(_) => Lookup::Misconfigured(format!("{name} {NEEDED}")),
        None => Lookup::NotConfigured(format!("{name} is not set")),
    };
    NamedProvider::new("a web identity", lookup)
}
