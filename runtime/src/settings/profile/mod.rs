//! The profile files: their sections and the selected profile, each value with its location.
//!
//! The files are read by the same rules as in the AWS CLI. Values may be secrets, so no type here
//! has a `Debug` implementation that shows them.

pub(crate) mod files;
mod parse;
pub(crate) mod paths;
mod read;
pub(crate) mod sections;
pub(crate) mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::settings::profile::sections::{Section, Sections};
use crate::shape::setters::map;

/// How the profile was selected.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum NamedBy {
    Code,
    /// By the variable with this name.
    Variable(&'static str),
    /// Not explicitly: the profile is `default` and need not exist.
    #[default]
    Default,
}

/// The selected profile, merged from both files. The credentials file takes precedence.
#[derive(Clone, Default)]
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) named_by: NamedBy,
    pub(crate) properties: Properties,
    /// The section that the property `services` names, if it exists.
    pub(crate) services: Option<Arc<Section>>,
    /// All sections of both files, because a profile may refer to others.
    pub(crate) sections: Arc<Sections>,
    /// The files that were searched, for error messages.
    pub(crate) searched: String,
}

/// Properties by name.
pub(crate) type Properties = BTreeMap<String, Property>;

/// A value and its location.
#[derive(Clone)]
pub(crate) struct Property {
    pub(crate) value: String,
    /// The nested properties, if this property has no value.
    pub(crate) nested: Properties,
    pub(crate) location: Location,
}

/// A line of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
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

impl Profile {
    /// A property; `None` if it is empty or absent.
    pub(crate) fn get(&self, name: &str) -> Option<&Property> {
        self.properties.get(name).filter(|property| !property.value.is_empty())
    }

    /// A property of a service in the services section; `None` if it is empty or absent.
    pub(crate) fn service_property(&self, service: &str, name: &str) -> Option<&Property> {
        let property = self.services.as_ref()?.get(service)?.nested.get(name)?;
        Some(property).filter(|property| !property.value.is_empty())
    }

    /// Returns this profile with only these properties. Used to keep only what is needed.
    pub(crate) fn with_properties(&self, names: &[&str]) -> Self {
        let found = names.iter().filter_map(|name| self.properties.get_key_value(*name));
        let properties = map(found.map(|(name, property)| (name, property.clone())));
        Self { properties, services: self.services.clone(), ..Self::default() }
    }

    /// The profile in error messages, such as `the profile dev`.
    pub(crate) fn description(&self) -> String {
        format!("the profile {}", self.name)
    }
}

impl Property {
    /// Returns true if the property has neither a value nor nested properties.
    pub(crate) fn is_empty(&self) -> bool {
        self.value.is_empty() && self.nested.is_empty()
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
