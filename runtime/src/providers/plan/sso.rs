//! The settings of a profile that gets a role from IAM Identity Center.

use crate::providers::plan::named_profile::NamedProfile;
use crate::providers::plan::types::{PlanError, Sso};
use crate::settings::profile::sections::{Section, Sections};
use crate::settings::profile::words::quote;
use crate::settings::setting::Setting;

const ACCOUNT: &str = "sso_account_id";
const ROLE: &str = "sso_role_name";
const START_URL: &str = "sso_start_url";
const REGION: &str = "sso_region";

/// Returns the settings; `None` if the profile has neither an account nor a role. The other SSO
/// properties, which tools leave behind, do not make a profile use IAM Identity Center.
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
    if let Some(session) = session(profile, sections)? {
        check_equal(profile, session.section)?;
        let Session { name, start_url, region, .. } = session;
        return Ok(Some(Sso { account_id, role_name, start_url, region, session: Some(name) }));
    }
    let setting = |name| match profile.line(name)? {
        Some(setting) => Ok(setting),
        None => Err(missing(profile, name, &account_id)),
    };
    let (start_url, region) = (setting(START_URL)?, setting(REGION)?);
    Ok(Some(Sso { account_id, role_name, start_url, region, session: None }))
}

/// Checks the session that the selected profile names. As in the AWS CLI, it must exist and be
/// complete even if the credentials come from elsewhere.
pub(super) fn check_session(
    profile: &NamedProfile<'_>,
    sections: &Sections,
) -> Result<(), PlanError> {
    let Some((name, section)) = section(profile, sections)? else { return Ok(()) };
    match [START_URL, REGION].into_iter().find(|key| section.written(key).is_none()) {
        Some(key) => Err(incomplete(profile, &name, section, key)),
        None => Ok(()),
    }
}

/// A complete SSO session. Properties of the profile cannot complete it, because the token of a
/// session belongs to the start URL in its section.
struct Session<'a> {
    name: Setting,
    section: &'a Section,
    start_url: Setting,
    region: Setting,
}

fn session<'a>(
    profile: &NamedProfile<'_>,
    sections: &'a Sections,
) -> Result<Option<Session<'a>>, PlanError> {
    let Some((name, section)) = section(profile, sections)? else { return Ok(None) };
    let setting = |key| {
        let found = profile.line_of(section, key)?;
        found.ok_or_else(|| incomplete(profile, &name, section, key))
    };
    let (start_url, region) = (setting(START_URL)?, setting(REGION)?);
    Ok(Some(Session { name, section, start_url, region }))
}

/// Returns the property `sso_session` and the section that it names.
fn section<'a>(
    profile: &NamedProfile<'_>,
    sections: &'a Sections,
) -> Result<Option<(Setting, &'a Section)>, PlanError> {
    let Some(name) = profile.line("sso_session")? else { return Ok(None) };
    match sections.sso_session(&name.value) {
        Some(section) => Ok(Some((name, section))),
        None => Err(profile.error(format!(
            "{} is {:?}, but there is no such session: add a section `[sso-session {}]` to the \
             config file",
            name.origin,
            name.value,
            quote(&name.value)
        ))),
    }
}

fn incomplete(
    profile: &NamedProfile<'_>,
    name: &Setting,
    section: &Section,
    key: &str,
) -> PlanError {
    let (origin, location) = (&name.origin, &section.location);
    profile.error(format!("{origin} needs {key}: add it to the SSO session in {location}"))
}

/// Returns an error if the profile and its session have different values for the same property.
fn check_equal(profile: &NamedProfile<'_>, section: &Section) -> Result<(), PlanError> {
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
    Ok(())
}

fn missing(profile: &NamedProfile<'_>, name: &str, present: &Setting) -> PlanError {
    profile.error(format!("{} needs {name}: add it to the profile", present.origin))
}
