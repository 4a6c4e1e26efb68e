//! The sources that a profile itself can configure, in order of precedence.

use crate::providers::plan::named_profile::NamedProfile;
use crate::providers::plan::types::{
    Keys, LocalSource, Login, PlanError, Process, ServiceSource, Source, WebIdentity,
};
use crate::providers::plan::{environment, sso};
use crate::settings::profile::Property;
use crate::settings::profile::sections::Section;
use crate::settings::setting::{Origin, Setting, Sources};

const TOKEN_FILE: &str = "web_identity_token_file";
const KEY_ID: &str = "aws_access_key_id";
const SECRET: &str = "aws_secret_access_key";

/// A profile, and whether variables may configure a web identity for it.
pub(super) struct ProfileSources<'a> {
    pub(super) sources: &'a Sources<'a>,
    pub(super) profile: NamedProfile<'a>,
    pub(super) with_variables: bool,
}

impl ProfileSources<'_> {
    /// Returns the first source that is configured, and its name in error messages.
    pub(super) fn find(&self) -> Result<Option<(String, Source)>, PlanError> {
        if let Some(found) = self.web_identity()? {
            let from_variable = matches!(found.token_file.origin, Origin::Variable(_));
            let name = from_variable.then(|| "a web identity".to_owned());
            let name = name.unwrap_or_else(|| self.profile.description());
            return Ok(Some((name, ServiceSource::WebIdentity(found).into())));
        }
        let source = self.in_profile()?;
        Ok(source.map(|source| (self.profile.description(), source)))
    }

    fn in_profile(&self) -> Result<Option<Source>, PlanError> {
        let profile = &self.profile;
        if let Some(sso) = sso::find(profile, &self.sources.profile.sections)? {
            return Ok(Some(ServiceSource::Sso(sso).into()));
        }
        if let Some(keys) = keys(profile, profile.sections.credentials)? {
            return Ok(Some(LocalSource::Keys(keys).into()));
        }
        if let Some(session) = profile.line("login_session")? {
            return Ok(Some(ServiceSource::Login(Login { session }).into()));
        }
        if let Some(command) = profile.lines("credential_process")? {
            let account_id = profile.line("aws_account_id")?;
            return Ok(Some(LocalSource::Process(Process { command, account_id }).into()));
        }
        Ok(keys(profile, profile.sections.config)?.map(|keys| LocalSource::Keys(keys).into()))
    }

    fn web_identity(&self) -> Result<Option<WebIdentity>, PlanError> {
        let Some(token_file) = self.variable_or_property(TOKEN_FILE)? else { return Ok(None) };
        let Some(role_arn) = self.variable_or_property("role_arn")? else {
            let variable = if self.with_variables { " or set AWS_ROLE_ARN" } else { "" };
            return Err(self.profile.error(format!(
                "{} needs the role to assume: add role_arn{variable}",
                token_file.origin
            )));
        };
        let role_session_name = self.variable_or_property("role_session_name")?;
        Ok(Some(WebIdentity { token_file, role_arn, role_session_name }))
    }

    fn variable_or_property(&self, name: &'static str) -> Result<Option<Setting>, PlanError> {
        let variable = self.with_variables.then(|| environment::web_identity(self.sources, name));
        match variable.flatten() {
            Some(variable) => Ok(Some(variable)),
            None => self.profile.line(name),
        }
    }
}

/// Returns the keys in the section of one file. A session token in the other file belongs to other
/// keys.
fn keys(profile: &NamedProfile<'_>, section: Option<&Section>) -> Result<Option<Keys>, PlanError> {
    let Some(section) = section else { return Ok(None) };
    let line = |name| profile.line_of(section, name);
    let (access_key_id, secret_access_key) = match (line(KEY_ID)?, line(SECRET)?) {
        (Some(key_id), Some(secret)) => (key_id, secret),
        (Some(key_id), None) => return Err(incomplete(profile, &key_id.origin, SECRET)),
        (None, Some(secret)) if section.written(KEY_ID).is_some() => {
            return Err(incomplete(profile, &secret.origin, KEY_ID));
        }
        // As in the AWS CLI, a secret alone does not prevent the use of another source of the
        // profile, but an empty access key ID does. The CLI signs with it; here it is an error.
        (None, _) => {
            return section.written(KEY_ID).map_or(Ok(None), |empty| Err(blank(profile, empty)));
        }
    };
    // The older name takes precedence.
    let session_token = match line("aws_security_token")? {
        Some(token) => Some(token),
        None => line("aws_session_token")?,
    };
    let account_id = line("aws_account_id")?;
    Ok(Some(Keys { access_key_id, secret_access_key, session_token, account_id, expiration: None }))
}

/// Returns the error for an access key ID without a value.
fn blank(profile: &NamedProfile<'_>, key_id: &Property) -> PlanError {
    profile.error(format!("{KEY_ID} in {} is empty: set it or remove it", key_id.location))
}

/// Returns the error for an incomplete pair of keys.
pub(super) fn incomplete(profile: &NamedProfile<'_>, present: &Origin, missing: &str) -> PlanError {
    let location = match present {
        Origin::Property(_, location) => location.to_string(),
        origin => origin.to_string(),
    };
    profile.error(format!("{missing} is missing for the key at {location}"))
}
