//! Tests the plans for profile files and variables.

mod errors;
mod odd_files;
mod order;
mod roles;
mod sso;

use std::fs;

use super::{Keys, LocalSource, Plan, Role, ServiceSource, Source, plan};
use crate::settings::profile::files::ProfileFiles;
use crate::settings::setting::{Origin, Setting, Sources};
use crate::{ConfigError, Environment};

/// Profile files, and how they are used.
#[derive(Default)]
struct Case<'a> {
    config: &'a str,
    credentials: &'a str,
    variables: &'a [(&'a str, &'a str)],
    /// The profile that the code selects.
    in_code: Option<&'a str>,
}

/// Returns the plan for a config file and a profile that `AWS_PROFILE` selects.
fn of(profile: &str, config: &str) -> String {
    Case { config, variables: &[("AWS_PROFILE", profile)], ..Case::default() }.plan()
}

impl Case<'_> {
    /// Describes the plan or the error in one line. `~` stands for the folder of the files.
    fn plan(&self) -> String {
        let home = tempfile::TempDir::new().expect("a folder");
        let folder = home.path().join(".aws");
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join("config"), self.config).expect("a file");
        fs::write(folder.join("credentials"), self.credentials).expect("a file");
        let home = home.path().to_str().expect("text");
        let variables = self.variables.iter().copied();
        let environment: Environment = variables.chain([("HOME", home)]).collect();
        let profile = self.in_code.map(str::to_owned);
        let files = ProfileFiles { profile, ..ProfileFiles::default() };
        let described = describe(&files, &environment).unwrap_or_else(|error| error.to_string());
        described.replace(&format!("{home}/.aws/"), "~")
    }
}

fn describe(files: &ProfileFiles, environment: &Environment) -> Result<String, ConfigError> {
    let profile = files.load(environment)?;
    Ok(match plan(&Sources { environment, profile: &profile }) {
        Ok(plan) => described(&plan),
        Err(error) => format!("error: {}: {}", error.name, error.problem),
    })
}

fn described(plan: &Plan) -> String {
    let roles = plan.roles.iter().map(|role| format!(" > {}", described_role(role)));
    format!("{}: {}{}", plan.source_name, described_source(&plan.source), roles.collect::<String>())
}

fn described_source(source: &Source) -> String {
    match source {
        Source::Local(LocalSource::Keys(keys)) => described_keys(keys),
        Source::Service(ServiceSource::WebIdentity(found)) => {
            let name = optional(" as", found.role_session_name.as_ref());
            format!("web identity {} {}{name}", at(&found.token_file), at(&found.role_arn))
        }
        Source::Service(ServiceSource::Sso(sso)) => {
            let session = optional(" session", sso.session.as_ref());
            let (account, role) = (&sso.account_id.value, &sso.role_name.value);
            let (url, region) = (at(&sso.start_url), at(&sso.region));
            format!("sso {account}/{role} {url} {region}{session}")
        }
        Source::Service(ServiceSource::Login(login)) => format!("login {}", at(&login.session)),
        Source::Local(LocalSource::Process(process)) => {
            let account = optional(" account", process.account_id.as_ref());
            format!("process {}{account}", at(&process.command))
        }
        Source::Local(LocalSource::Container) => "container".to_owned(),
        Source::Local(LocalSource::Instance) => "instance".to_owned(),
    }
}

fn described_keys(keys: &Keys) -> String {
    let Keys { access_key_id, secret_access_key, session_token, account_id, expiration } = keys;
    let token = optional(" token", session_token.as_ref());
    let account = optional(" account", account_id.as_ref());
    let expiration = optional(" until", expiration.as_ref());
    let secret = &secret_access_key.value;
    format!("keys {} {secret}{token}{account}{expiration}", at(access_key_id))
}

fn described_role(role: &Role) -> String {
    let duration = role.duration_seconds.map(|seconds| format!(" for {seconds}"));
    format!(
        "{} of {}{}{}{}{}",
        at(&role.role_arn),
        role.profile,
        optional(" as", role.role_session_name.as_ref()),
        optional(" external", role.external_id.as_ref()),
        optional(" mfa", role.mfa_serial.as_ref()),
        duration.unwrap_or_default()
    )
}

fn optional(name: &str, setting: Option<&Setting>) -> String {
    setting.map(|setting| format!("{name} {}", at(setting))).unwrap_or_default()
}

/// A value and its location.
fn at(setting: &Setting) -> String {
    match &setting.origin {
        Origin::Property(_, location) => format!("{}@{location}", setting.value),
        origin => format!("{}@{origin}", setting.value),
    }
}
