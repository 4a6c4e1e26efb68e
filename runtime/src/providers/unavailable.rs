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

/// The providers after the profile. A variable that configures one of them is an error.
pub(super) fn after_profile(settings: &ChainSettings, _: &ProviderContext) -> Vec<NamedProvider> {
    let variables = [
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];
    let set = variables.into_iter().find(|name| settings.environment.get(name).is_some());
    vec![match set {
        Some(name) => {
            let reason = format!("{name} {NEEDED}");
            NamedProvider::new("the variables", Lookup::Misconfigured(reason))
        }
        None => {
            let reason =
                "available only with the feature aws-config of longshore-runtime".to_owned();
            let name = "web identities, containers and instances";
            NamedProvider::new(name, Lookup::NotConfigured(reason))
        }
    }]
}
