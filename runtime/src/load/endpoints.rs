//! Loads the custom endpoints, and whether to use account-based endpoints and the global endpoint
//! of STS.

use crate::config::account_mode::AccountModeSetting;
use crate::endpoint::custom::{Overrides, VARIABLE, check_services};
use crate::settings::setting::{Setting, Sources};
use crate::{ConfigError, ParseModeError};

/// Replaces the loaded endpoints. They are not used if the code sets an endpoint, or if a setting
/// disables them.
pub(super) fn load(endpoints: &mut Overrides, sources: &Sources<'_>) -> Result<(), ConfigError> {
    endpoints.clear_loaded();
    if endpoints.is_set_in_code() {
        return Ok(());
    }
    let variable = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
    let ignored = sources.find_bool(variable, "ignore_configured_endpoint_urls")?;
    if !ignored.unwrap_or(false) {
        // Variables take precedence over the section, so if one is set, a call may not need the
        // section.
        if sources.environment.with_prefix(VARIABLE).is_empty() {
            check_services(sources.profile)?;
        }
        endpoints.set_loaded(sources);
    }
    Ok(())
}

/// Loads whether to use account-based endpoints.
pub(super) fn load_account_mode(
    sources: &Sources<'_>,
) -> Result<Option<AccountModeSetting>, ConfigError> {
    let found = sources.find(&["AWS_ACCOUNT_ID_ENDPOINT_MODE"], "account_id_endpoint_mode");
    let parse = |setting: Setting| match setting.value.parse() {
        Ok(mode) => Ok(AccountModeSetting { mode, origin: setting.origin }),
        Err(ParseModeError { expected }) => Err(setting.invalid(expected)),
    };
    found.map(parse).transpose()
}

/// Returns true if requests to STS are sent to its global endpoint (`legacy`).
pub(super) fn load_sts_global(sources: &Sources<'_>) -> Result<bool, ConfigError> {
    let found = sources.find(&["AWS_STS_REGIONAL_ENDPOINTS"], "sts_regional_endpoints");
    let Some(setting) = found else { return Ok(false) };
    match setting.value.as_str() {
        "legacy" => Ok(true),
        "regional" => Ok(false),
        _ => Err(setting.invalid("regional or legacy")),
    }
}
