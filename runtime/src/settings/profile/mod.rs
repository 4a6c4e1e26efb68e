//! The selected profile: its properties and its services section, each value with its location.
//!
//! Values may be secrets, so no type here has a `Debug` that shows them.

pub(crate) mod files;
mod merge;
mod parse;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// How the profile was selected.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum NamedBy {
    Code,
    Variable,
    /// Not explicitly: the profile is `default` and need not exist.
    #[default]
    Default,
}

/// A profile, merged from both files.
#[derive(Clone, Default)]
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) named_by: NamedBy,
    pub(crate) properties: BTreeMap<String, Property>,
    /// The properties of each service in the services section.
    pub(crate) services: BTreeMap<String, BTreeMap<String, Property>>,
    pub(crate) files: Vec<ReadFile>,
    /// The files that were searched, for error messages.
    pub(crate) searched: String,
}

/// A value and its location.
#[derive(Clone)]
pub(crate) struct Property {
    pub(crate) value: String,
    pub(crate) location: Location,
}

/// A line of a file.
#[derive(Clone)]
pub(crate) struct Location {
    pub(crate) file: Arc<str>,
    pub(crate) line: usize,
}

/// One of the two profile files.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Config,
    Credentials,
}

/// A file that exists. Its text is kept because a profile may refer to other sections.
#[derive(Clone)]
#[cfg_attr(not(feature = "aws-config"), expect(dead_code, reason = "nothing follows references"))]
pub(crate) struct ReadFile {
    pub(crate) kind: FileKind,
    pub(crate) text: Arc<str>,
}

impl Profile {
    /// A property; `None` if it is empty or absent.
    pub(crate) fn get(&self, name: &str) -> Option<&Property> {
        self.properties.get(name).filter(|property| !property.value.is_empty())
    }

    /// A property of a service in the services section; `None` if it is empty or absent.
    pub(crate) fn service_property(&self, service: &str, name: &str) -> Option<&Property> {
        let property = self.services.get(service)?.get(name)?;
        Some(property).filter(|property| !property.value.is_empty())
    }

    /// This profile with only the property `name`. Used to keep only what is needed.
    pub(crate) fn with_property(&self, name: &str) -> Self {
        let property = self.properties.get_key_value(name);
        let properties = property.map(|(name, property)| (name.clone(), property.clone()));
        Self {
            properties: properties.into_iter().collect(),
            services: self.services.clone(),
            ..Self::default()
        }
    }

    /// The profile in error messages, such as `the profile dev`.
    pub(crate) fn description(&self) -> String {
        format!("the profile {}", self.name)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
