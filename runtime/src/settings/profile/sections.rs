//! The sections of both profile files by their meaning: profiles, SSO sessions and services.
//!
//! If a file has several sections with the same meaning, the last one replaces the others.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::settings::profile::words;
use crate::settings::profile::{FileKind, Location, Properties, Property, parse};
use crate::shape::setters::map;

/// The sections of both files.
#[derive(Clone, Default)]
pub(crate) struct Sections {
    config: Kinds,
    /// In the credentials file, each section is a profile, whose name is the title.
    credentials: ByName,
}

type ByName = BTreeMap<String, Arc<Section>>;

/// The sections of the config file.
#[derive(Clone, Default)]
struct Kinds {
    profiles: ByName,
    sso_sessions: ByName,
    services: ByName,
    /// By title. These sections have no meaning, but may be profiles with a wrong title.
    others: ByName,
}

/// A section.
pub(crate) struct Section {
    pub(crate) location: Location,
    properties: Properties,
    /// The properties of the section `[DEFAULT]`, which all other sections of the file inherit.
    defaults: Arc<Properties>,
}

impl Section {
    /// Returns a property of the section; `None` if it is empty or absent.
    pub(crate) fn get(&self, name: &str) -> Option<&Property> {
        self.written(name).filter(|property| !property.is_empty())
    }

    /// Returns a property of the section, even if it is empty.
    pub(crate) fn written(&self, name: &str) -> Option<&Property> {
        self.properties.get(name).or_else(|| self.defaults.get(name))
    }

    /// Returns the properties that are not empty.
    pub(crate) fn properties(&self) -> impl Iterator<Item = (&String, &Property)> {
        let is_own = |name: &String| self.properties.contains_key(name);
        let defaults = self.defaults.iter().filter(move |(name, _)| !is_own(name));
        self.properties.iter().chain(defaults).filter(|(_, property)| !property.is_empty())
    }
}

/// The sections of a profile in both files.
#[derive(Clone, Copy)]
pub(crate) struct ProfileSections<'a> {
    pub(crate) name: &'a str,
    pub(crate) config: Option<&'a Section>,
    pub(crate) credentials: Option<&'a Section>,
}

impl<'a> ProfileSections<'a> {
    /// Returns a property; `None` if it is empty or absent. The credentials file takes precedence.
    pub(crate) fn get(&self, name: &str) -> Option<&'a Property> {
        let get = |section: Option<&'a Section>| section?.get(name);
        get(self.credentials).or_else(|| get(self.config))
    }

    /// Returns a property, even if it is empty. The credentials file takes precedence.
    pub(crate) fn written(&self, name: &str) -> Option<&'a Property> {
        let written = |section: Option<&'a Section>| section?.written(name);
        written(self.credentials).or_else(|| written(self.config))
    }

    /// Returns the properties that are not empty, merged from both files.
    pub(crate) fn merged(&self) -> Properties {
        let sections = [self.config, self.credentials].into_iter().flatten();
        let all = sections.flat_map(Section::properties);
        map(all.map(|(name, property)| (name, property.clone())))
    }
}

impl Sections {
    /// Adds the sections of a file.
    pub(crate) fn add(&mut self, kind: FileKind, file: &Arc<str>, parsed: Vec<parse::Section>) {
        /// The section whose properties `configparser` adds to all others.
        const DEFAULTS: &str = "DEFAULT";
        let (defaults, parsed): (Vec<_>, Vec<_>) =
            parsed.into_iter().partition(|section| section.title == DEFAULTS);
        let mut inherited = Vec::new();
        for section in defaults {
            inherited.extend(section.properties);
        }
        let defaults = Arc::new(properties(inherited, file));
        for section in parsed {
            let location = Location { file: Arc::clone(file), line: section.line };
            let properties = properties(section.properties, file);
            let added = Section { location, properties, defaults: Arc::clone(&defaults) };
            let (sections, name) = match kind {
                FileKind::Config => self.config.place(section.title),
                FileKind::Credentials => (&mut self.credentials, section.title),
            };
            sections.insert(name, Arc::new(added));
        }
    }

    /// Returns a profile; `None` if neither file has it.
    pub(crate) fn profile(&self, name: &str) -> Option<ProfileSections<'_>> {
        let config = self.config.profiles.get_key_value(name);
        let credentials = self.credentials.get_key_value(name);
        let (name, _) = config.or(credentials)?;
        let config = config.map(|(_, section)| section.as_ref());
        let credentials = credentials.map(|(_, section)| section.as_ref());
        Some(ProfileSections { name, config, credentials })
    }

    pub(crate) fn sso_session(&self, name: &str) -> Option<&Section> {
        self.config.sso_sessions.get(name).map(Arc::as_ref)
    }

    pub(crate) fn services(&self, name: &str) -> Option<Arc<Section>> {
        self.config.services.get(name).cloned()
    }

    /// Returns what to do about a profile that does not exist, if a section has a wrong title for
    /// it.
    pub(crate) fn hint(&self, profile: &str) -> Option<String> {
        let quoted = words::quote(profile);
        let in_config = self.config.others.contains_key(profile)
            || self.config.others.keys().any(|title| is_profile(title.trim(), profile));
        if in_config {
            return Some(format!("in the config file, its section must be `[profile {quoted}]`"));
        }
        let in_credentials = self.credentials.keys().any(|title| is_profile(title, profile));
        in_credentials
            .then(|| format!("in the credentials file, its section must be `[{profile}]`"))
    }
}

/// Returns true if this would be the title of the profile in the config file.
fn is_profile(title: &str, profile: &str) -> bool {
    words::split(title).is_some_and(|words| words == ["profile", profile])
}

impl Kinds {
    /// Returns the map that a section with this title belongs to, and its name in the map.
    ///
    /// As in the AWS CLI, the first word only needs to start with the kind.
    fn place(&mut self, title: String) -> (&mut ByName, String) {
        const DEFAULT_PROFILE: &str = "default";
        if title == DEFAULT_PROFILE {
            return (&mut self.profiles, title);
        }
        let kinds = [
            ("profile", &mut self.profiles),
            ("sso-session", &mut self.sso_sessions),
            ("services", &mut self.services),
        ];
        for (kind, sections) in kinds {
            if title.starts_with(kind) {
                return match words::split(&title).map(<[String; 2]>::try_from) {
                    Some(Ok([_, name])) => (sections, name),
                    _ => (&mut self.others, title),
                };
            }
        }
        (&mut self.others, title)
    }
}

fn properties(all: Vec<parse::Property>, file: &Arc<str>) -> Properties {
    map(all.into_iter().map(|parsed| {
        let location = Location { file: Arc::clone(file), line: parsed.line };
        // The parser nests properties only once.
        let nested = if parsed.nested.is_empty() {
            Properties::new()
        } else {
            properties(parsed.nested, file)
        };
        (parsed.name, Property { value: parsed.value, nested, location })
    }))
}
