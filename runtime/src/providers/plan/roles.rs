//! Follows the roles of a profile to the source of the first credentials.

use std::collections::HashSet;

use crate::providers::instance::INSTANCE;
use crate::providers::plan::environment;
use crate::providers::plan::named_profile::NamedProfile;
use crate::providers::plan::profile_sources::{ProfileSources, incomplete};
use crate::providers::plan::types::{LocalSource, Plan, PlanError, Role, Source};
use crate::settings::setting::{Setting, Sources};

const ROLE: &str = "role_arn";
const SOURCE_PROFILE: &str = "source_profile";
const CREDENTIAL_SOURCE: &str = "credential_source";
const TOKEN_FILE: &str = "web_identity_token_file";
const STATIC_KEYS: [&str; 2] = ["aws_access_key_id", "aws_secret_access_key"];

/// Returns the plan for a profile; `None` if the profile has no credentials.
///
/// `with_variables` is true if variables may configure a web identity for the profile. They never
/// configure one for a source profile.
pub(super) fn plan<'a>(
    sources: &'a Sources<'a>,
    selected: NamedProfile<'a>,
    with_variables: bool,
) -> Result<Option<Plan>, PlanError> {
    let mut followed = Followed { sources, roles: Vec::new(), visited: HashSet::new() };
    let mut profile = selected;
    loop {
        check_token_and_source(&profile)?;
        let is_selected = followed.roles.is_empty();
        if !(is_role(&profile) && (is_selected || !has_static_keys(&profile))) {
            let with_variables = with_variables && is_selected;
            let found = ProfileSources { sources, profile, with_variables }.find()?;
            return match found {
                Some((name, source)) => Ok(Some(followed.end(name, source))),
                None if is_selected => check_unused(&profile).map(|()| None),
                None => Err(profile.error("is a source_profile, but it has no credentials")),
            };
        }
        profile = match followed.next(profile)? {
            Next::Profile(next) => next,
            Next::End(name, source) => return Ok(Some(followed.end(name, source))),
        };
    }
}

/// Where the credentials for assuming a role come from.
#[expect(clippy::large_enum_variant, reason = "there is one value at a time")]
enum Next<'a> {
    Profile(NamedProfile<'a>),
    End(String, Source),
}

/// The roles followed so far, beginning with that of the selected profile.
struct Followed<'a> {
    sources: &'a Sources<'a>,
    roles: Vec<Role>,
    /// The names of their profiles.
    visited: HashSet<&'a str>,
}

impl<'a> Followed<'a> {
    fn end(mut self, name: String, source: Source) -> Plan {
        self.roles.reverse();
        Plan { roles: self.roles, ..Plan::of(name, source) }
    }

    /// Adds the role of a profile, and returns where the credentials for assuming it come from.
    fn next(&mut self, profile: NamedProfile<'a>) -> Result<Next<'a>, PlanError> {
        let role = role(&profile)?;
        self.visited.insert(profile.name());
        let source_profile = profile.line(SOURCE_PROFILE)?;
        let next = match (profile.line(CREDENTIAL_SOURCE)?, source_profile) {
            (Some(source), Some(other)) => Err(profile.error(format!(
                "{} and {} exclude each other: remove one of them",
                source.origin, other.origin
            ))),
            (None, None) => Err(profile.error(format!(
                "{} needs {SOURCE_PROFILE} or {CREDENTIAL_SOURCE}: add the one that has the \
                 credentials for assuming the role",
                role.role_arn.origin
            ))),
            (Some(source), None) => self.credential_source(&profile, &source),
            (None, Some(name)) => self.source_profile(&profile, &name).map(Next::Profile),
        };
        self.roles.push(role);
        next
    }

    fn source_profile(
        &self,
        profile: &NamedProfile<'a>,
        name: &Setting,
    ) -> Result<NamedProfile<'a>, PlanError> {
        let Setting { value, origin } = name;
        let sections = &self.sources.profile.sections;
        let Some(source) = NamedProfile::find(value, sections) else {
            let hint = sections.hint(value).map(|hint| format!(": {hint}")).unwrap_or_default();
            return Err(profile.error(format!(
                "{origin} is {value:?}, but there is no such profile in {}{hint}",
                self.sources.profile.searched
            )));
        };
        if !self.visited.contains(source.name()) {
            return Ok(source);
        }
        // A profile may contain both a role and the keys for assuming it.
        if source.name() == profile.name() && has_static_keys(&source) {
            return Ok(source);
        }
        Err(profile.error(format!(
            "{origin} is {value:?}, which leads back to the same role: a chain of roles must end \
             at a profile with credentials"
        )))
    }

    fn credential_source(
        &self,
        profile: &NamedProfile<'a>,
        source: &Setting,
    ) -> Result<Next<'a>, PlanError> {
        let Setting { value, origin } = source;
        let not_set = |reason| profile.error(format!("{origin} is {value}, but {reason}"));
        match value.as_str() {
            "Environment" => {
                let keys = environment::keys(self.sources)?;
                let keys = keys.ok_or_else(|| not_set(environment::MISSING_KEYS))?;
                Ok(Next::End("the environment".to_owned(), LocalSource::Keys(keys).into()))
            }
            "EcsContainer" if environment::has_container(self.sources) => {
                Ok(Next::End("a container".to_owned(), LocalSource::Container.into()))
            }
            "EcsContainer" => Err(not_set(environment::MISSING_CONTAINER)),
            "Ec2InstanceMetadata" => {
                Ok(Next::End(INSTANCE.to_owned(), LocalSource::Instance.into()))
            }
            _ => Err(profile.error(format!(
                "{origin} is {value:?} but must be Environment, EcsContainer or Ec2InstanceMetadata"
            ))),
        }
    }
}

/// Returns true if the profile has a role that is assumed with other credentials.
fn is_role(profile: &NamedProfile<'_>) -> bool {
    profile.has(ROLE) && !profile.has(TOKEN_FILE)
}

/// Returns true if the profile has keys, even empty ones, which are an error later.
fn has_static_keys(profile: &NamedProfile<'_>) -> bool {
    STATIC_KEYS.iter().any(|name| profile.sections.written(name).is_some())
}

fn role(profile: &NamedProfile<'_>) -> Result<Role, PlanError> {
    let missing = || profile.error("has no role_arn");
    Ok(Role {
        profile: profile.name().to_owned(),
        role_arn: profile.line(ROLE)?.ok_or_else(missing)?,
        role_session_name: profile.line("role_session_name")?,
        external_id: profile.line("external_id")?,
        duration_seconds: duration(profile)?,
        mfa_serial: profile.line("mfa_serial")?,
    })
}

fn duration(profile: &NamedProfile<'_>) -> Result<Option<i32>, PlanError> {
    let Some(Setting { value, origin }) = profile.line("duration_seconds")? else {
        return Ok(None);
    };
    let seconds = value.parse().ok().filter(|seconds| *seconds > 0);
    let invalid =
        || profile.error(format!("{origin} is {value:?} but must be a whole number of seconds"));
    Ok(Some(seconds.ok_or_else(invalid)?))
}

/// Returns an error if a profile has both a token file and a credential source, because one of them
/// would be silently ignored, or a role and an empty token file, because the AWS CLI then uses
/// neither.
fn check_token_and_source(profile: &NamedProfile<'_>) -> Result<(), PlanError> {
    if let (Some(role), Some(token)) = (profile.line(ROLE)?, profile.sections.written(TOKEN_FILE))
        && token.is_empty()
    {
        return Err(profile.error(format!(
            "{TOKEN_FILE} in {} is empty, so it is not clear how {} is assumed: set it or remove it",
            token.location, role.origin
        )));
    }
    match (profile.line(TOKEN_FILE)?, profile.line(CREDENTIAL_SOURCE)?) {
        (Some(token), Some(source)) => Err(profile.error(format!(
            "{} and {} exclude each other: remove one of them",
            token.origin, source.origin
        ))),
        _ => Ok(()),
    }
}

/// Returns an error if a profile without credentials configures part of them. Trying the next
/// source could sign with an identity that the profile does not name.
fn check_unused(profile: &NamedProfile<'_>) -> Result<(), PlanError> {
    for name in [SOURCE_PROFILE, CREDENTIAL_SOURCE] {
        if let Some(found) = profile.line(name)? {
            let origin = found.origin;
            return Err(profile.error(format!("{origin} has no effect without {ROLE}: add it")));
        }
    }
    let [key_id, secret] = STATIC_KEYS;
    match profile.line(secret)? {
        Some(found) => Err(incomplete(profile, &found.origin, key_id)),
        None => Ok(()),
    }
}
