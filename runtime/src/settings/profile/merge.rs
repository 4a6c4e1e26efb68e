//! Takes one profile, and the section of services that it names, out of the sections of both
//! files. In each file the last line of a name counts, and over the file of settings the file of
//! credentials.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::ConfigError;
use crate::settings::profile::parse::{self, Section};
use crate::settings::profile::{FileKind, NamedBy, Place, Profile, Property};
use crate::settings::setting::CODE;

/// A file with its sections.
pub(crate) struct Parsed {
    pub(crate) kind: FileKind,
    pub(crate) file: Arc<str>,
    pub(crate) sections: Vec<Section>,
}

/// What a section is about.
#[derive(PartialEq, Eq)]
enum Title<'a> {
    Profile(&'a str),
    Services(&'a str),
    Other,
}

/// Fills the profile in.
///
/// # Errors
/// There is no such profile and somebody named it, or it names services that are not there.
pub(crate) fn merge(mut profile: Profile, files: &[Parsed]) -> Result<Profile, ConfigError> {
    let name = profile.name.clone();
    let mut found = false;
    for file in files {
        for section in file.of_profile(&name) {
            found = true;
            profile.properties.extend(file.properties(&section.properties));
        }
    }
    if !found && profile.named_by != NamedBy::Nobody {
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

    /// The sections of a profile. Where the default one is written in both ways, the longer counts.
    fn of_profile<'a>(&'a self, name: &str) -> Vec<&'a Section> {
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
            let place = Place { file: Arc::clone(&self.file), line: property.line };
            (property.name.clone(), Property { value: property.value.clone(), place })
        })
    }
}

/// The AWS CLI writes quotes around a name with spaces.
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
        file: name.place.file.to_string(),
        line: Some(name.place.line),
        problem: format!(
            "names services that are not there: the file of settings needs a section \
             `[services {}]`",
            name.value
        ),
    })
}

/// There is no such profile. Where the name stands in the file of settings without the word before
/// it, that is what to mend.
fn missing(profile: &Profile, files: &[Parsed]) -> ConfigError {
    let has = |kind, title: &str| {
        let mut files = files.iter().filter(|file| file.kind == kind);
        files.any(|file| file.sections.iter().any(|section| section.title == title))
    };
    let name = &profile.name;
    let hint = if has(FileKind::Config, name) {
        format!("; in the file of settings its section must be written `[profile {name}]`")
    } else if has(FileKind::Credentials, &format!("profile {name}")) {
        format!("; in the file of credentials its section must be written `[{name}]`")
    } else {
        String::new()
    };
    let origin = match profile.named_by {
        NamedBy::Variable => "AWS_PROFILE",
        NamedBy::Code | NamedBy::Nobody => CODE,
    };
    ConfigError::MissingProfile {
        profile: name.clone(),
        origin,
        asked: format!("{}{hint}", profile.asked),
    }
}
