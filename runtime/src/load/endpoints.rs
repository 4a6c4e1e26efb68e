//! Loads the custom endpoints.

use crate::ConfigError;
use crate::endpoint::custom::{Overrides, VARIABLE};
use crate::settings::profile::words::quote;
use crate::settings::setting::Sources;

/// Replaces the loaded endpoints. They are not used if the code sets an endpoint, or if a setting
/// disables them.
///
/// # Errors
/// Returns an error if the profile names a services section that does not exist, unless its
/// endpoints are not needed.
pub(super) fn load(endpoints: &mut Overrides, sources: &Sources<'_>) -> Result<(), ConfigError> {
    endpoints.clear_loaded();
    if endpoints.is_set_in_code() {
        return Ok(());
    }
    let variable = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
    let ignored = sources.find_bool(variable, "ignore_configured_endpoint_urls")?;
    if !ignored.unwrap_or(false) {
        check_services(sources)?;
        endpoints.set_loaded(sources);
    }
    Ok(())
}

fn check_services(sources: &Sources<'_>) -> Result<(), ConfigError> {
    let Some(name) = sources.profile.get("services") else { return Ok(()) };
    // The variable takes precedence over the section.
    if sources.profile.services.is_some() || sources.environment.get(VARIABLE).is_some() {
        return Ok(());
    }
    Err(ConfigError::ProfileFile {
        file: name.location.file.to_string(),
        line: Some(name.location.line),
        problem: format!(
            "names a services section that does not exist: add a section `[services {}]` to the \
             config file",
            quote(&name.value)
        ),
    })
}
