//! The order of the sources: the environment, the selected profile, a container, an instance.

use crate::providers::instance::INSTANCE;
use crate::providers::plan::environment;
use crate::providers::plan::named_profile::NamedProfile;
use crate::providers::plan::types::{LocalSource, Plan, PlanError, Skipped};
use crate::providers::plan::{roles, sso};
use crate::settings::profile::NamedBy;
use crate::settings::setting::Sources;

/// Decides where credentials come from.
///
/// # Errors
/// Returns an error if a source is configured but its settings cannot be used. In that case, no
/// later source is considered, because it might have the credentials of another identity.
pub(crate) fn plan(sources: &Sources<'_>) -> Result<Plan, PlanError> {
    let mut skipped = Vec::new();
    let selected = sources.profile;
    let profile = NamedProfile::selected(selected);
    sso::check_session(&profile, &selected.sections)?;
    // Settings in code take precedence over all others, so the variables cannot replace a profile
    // that the code selects.
    let in_code = selected.named_by == NamedBy::Code;
    if !in_code {
        if let Some(keys) = environment::keys(sources)? {
            return Ok(Plan::of("the environment", LocalSource::Keys(keys)));
        }
        skipped.push(Skipped::new("the environment", environment::MISSING_KEYS));
    }
    if let Some(plan) = roles::plan(sources, profile, !in_code)? {
        return Ok(plan);
    }
    if !in_code {
        environment::check_unused(sources)?;
    }
    let reason = format!("has no credentials in {}", selected.searched);
    skipped.push(Skipped::new(selected.description(), reason));
    if !in_code {
        skipped.push(Skipped::new("a web identity", environment::MISSING_TOKEN_FILE));
    }
    if environment::has_container(sources) {
        return Ok(Plan::of("a container", LocalSource::Container));
    }
    skipped.push(Skipped::new("a container", environment::MISSING_CONTAINER));
    Ok(Plan { skipped, ..Plan::of(INSTANCE, LocalSource::Instance) })
}
