//! The settings of a profile that gets a role from IAM Identity Center.

use crate::providers::plan::named_profile::NamedProfile;
use crate::providers::plan::{PlanError, Sso};
use crate::settings::profile::sections::{Section, Sections};
use crate::settings::profile::words::quote;
use crate::settings::setting::Setting;

const ACCOUNT: &str = "sso_account_id";
const ROLE: &str = "sso_role_name";
const START_URL: &str = "sso_start_url";
const REGION: &str = "sso_region";

/// The settings; `None` if the profile has neither an account nor a role. Other properties alone,
/// which tools leave behind, do not make it a profile for IAM Identity Center.
pub(super) fn find(
    profile: &NamedProfile<'_>,
    sections: &Sections,
) -> Result<Option<Sso>, PlanError> {
    let (account_id, role_name) = match (profile.line(ACCOUNT)?, profile.line(ROLE)?) {
        (None, None) => return Ok(None),
        (Some(account_id), Some(role_name)) => (account_id, role_name),
        (Some(present), None) => return Err(missing(profile, ROLE, &present)),
        (None, Some(present)) => return Err(missing(profile, ACCOUNT, &present)),
    };
    let session = profile.line("sso_session")?;
    let section = session.as_ref().map(|name| session_section(profile, name, sections));
    let section = section.transpose()?;
    let setting = |name| match section {
        Some(section) => profile.line_of(section, name),
        None => profile.line(name),
    };
    let missing = |name| match (&session, section) {
        (Some(session), Some(section)) => profile.error(format!(
            "{} needs {name}: add it to the SSO session in {}",
            session.origin, section.location
        )),
        _ => missing(profile, name, &account_id),
    };
    let start_url = setting(START_URL)?.ok_or_else(|| missing(START_URL))?;
    let region = setting(REGION)?.ok_or_else(|| missing(REGION))?;
    Ok(Some(Sso { account_id, role_name, start_url, region, session }))
}

/// The section of a session. What it has in common with the profile must be equal.
fn session_section<'a>(
    profile: &NamedProfile<'_>,
    name: &Setting,
    sections: &'a Sections,
) -> Result<&'a Section, PlanError> {
    let Setting { value, origin } = name;
    let Some(section) = sections.sso_session(value) else {
        return Err(profile.error(format!(
            "{origin} is {value:?}, but there is no such session: add a section \
             `[sso-session {}]` to the config file",
            quote(value)
        )));
    };
    for (name, own) in section.properties() {
        if let Some(other) = profile.sections.get(name)
            && other.value != own.value
        {
            return Err(profile.error(format!(
                "{name} in {} differs from that of the SSO session in {}: remove it from the \
                 profile",
                other.location, own.location
            )));
        }
    }
    Ok(section)
}

fn missing(profile: &NamedProfile<'_>, name: &str, present: &Setting) -> PlanError {
    profile.error(format!("{} needs {name}: add it to the profile", present.origin))
}
