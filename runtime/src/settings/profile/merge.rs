//! Takes the selected profile and its services section from the sections of both files.
//!
//! The last value of a property takes precedence, and the credentials file takes precedence over
//! the config file.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::ConfigError;
use crate::settings::profile::parse::{self, Section};
use crate::settings::profile::{FileKind, Location, NamedBy, Profile, Property};
use crate::settings::setting::CODE;

/// The sections of a file.
pub(crate) struct Parsed {
    pub(crate) kind: FileKind,
    pub(crate) file: Arc<str>,
    pub(crate) sections: Vec<Section>,
}

/// The meaning of a section name.
#[derive(PartialEq, Eq)]
enum Title<'a> {
    Profile(&'a str),
    Services(&'a str),
    Other,
}

/// Adds the properties and services to the profile.
///
/// # Errors
/// Returns an error if an explicitly selected profile does not exist, or if the services section of
/// the profile does not exist.
pub(crate) fn merge(mut profile: Profile, files: &[Parsed]) -> Result<Profile, ConfigError> {
    let name = profile.name.clone();
    let mut found = false;
    for file in files {
        for section in file.sections_of_profile(&name) {
            found = true;
            profile.properties.extend(file.properties(&section.properties));
        }
    }
    if !found && profile.named_by != NamedBy::Default {
        return Err(missing(&profile, files));
    }
    if let Some(services) = profile.get("services") {
        profile.services = services_of(services, files)?;
    }
    Ok(profile)
}

impl Parsed {
    fn title<'a>(&self, section: &'a Section) -> Title<'a> {
        match (self.kind, section.title.split_once(' ')) {
            (FileKind::Credentials, _) => Title::Profile(&section.title),
            (FileKind::Config, Some(("profile", name))) => Title::Profile(unquoted(name)),
            (FileKind::Config, Some(("services", name))) => Title::Services(unquoted(name)),
            (FileKind::Config, None) if section.title == "default" => Title::Profile("default"),
            (FileKind::Config, _) => Title::Other,
        }
    }

    /// The sections of a profile. `[profile default]` takes precedence over `[default]`.
    fn sections_of_profile<'a>(&'a self, name: &str) -> Vec<&'a Section> {
        let all =
            self.sections.iter().filter(|section| self.title(section) == Title::Profile(name));
        let (short, long): (Vec<_>, Vec<_>) = all.partition(|section| section.title == name);
        if long.is_empty() { short } else { long }
    }

    fn properties<'a>(
        &'a self,
        all: &'a [parse::Property],
    ) -> impl Iterator<Item = (String, Property)> + 'a {
        all.iter().map(|property| {
            let location = Location { file: Arc::clone(&self.file), line: property.line };
            (property.name.clone(), Property { value: property.value.clone(), location })
        })
    }
}

/// Removes the quotes that the AWS CLI writes around a name with spaces.
fn unquoted(name: &str) -> &str {
    let inner = |quote| name.strip_prefix(quote).and_then(|name| name.strip_suffix(quote));
    ['"', '\''].into_iter().find_map(inner).unwrap_or(name)
}

fn services_of(
    name: &Property,
    files: &[Parsed],
) -> Result<BTreeMap<String, BTreeMap<String, Property>>, ConfigError> {
    let mut services: BTreeMap<String, BTreeMap<String, Property>> = BTreeMap::new();
    let mut found = false;
    for file in files {
        let wanted = Title::Services(&name.value);
        for section in file.sections.iter().filter(|section| file.title(section) == wanted) {
            found = true;
            for service in &section.properties {
                let own = services.entry(service.name.clone()).or_default();
                own.extend(file.properties(&service.nested));
            }
        }
    }
    if found {
        return Ok(services);
    }
    Err(ConfigError::ProfileFile {
        file: name.location.file.to_string(),
        line: Some(name.location.line),
        problem: format!(
            "names a services section that does not exist: add a section `[services {}]` to the \
             config file",
            name.value
        ),
    })
}

/// The error of a profile that does not exist, with a hint if its section has the wrong form.
fn missing(profile: &Profile, files: &[Parsed]) -> ConfigError {
    let has = |kind, title: &str| {
        let mut files = files.iter().filter(|file| file.kind == kind);
        files.any(|file| file.sections.iter().any(|section| section.title == title))
    };
    let name = &profile.name;
    let hint = if has(FileKind::Config, name) {
        format!("; in the config file, its section must be `[profile {name}]`")
    } else if has(FileKind::Credentials, &format!("profile {name}")) {
        format!("; in the credentials file, its section must be `[{name}]`")
    } else {
        String::new()
    };
    let origin = match profile.named_by {
        NamedBy::Variable => "AWS_PROFILE",
        NamedBy::Code | NamedBy::Default => CODE,
    };
    ConfigError::MissingProfile {
        profile: name.clone(),
        origin,
        asked: format!("{}{hint}", profile.searched),
    }
}
