//! The profile that a configuration was asked for: its properties and the section of services that
//! it names, each with its place.
//!
//! It knows neither files nor variables. Values may be secrets, so there is no `Debug` that shows
//! any.

pub(crate) mod files;
pub(crate) mod merge;
pub(crate) mod parse;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Who named the profile.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum NamedBy {
    Code,
    Variable,
    /// Nobody, so that it is `default` and need not be there.
    #[default]
    Nobody,
}

/// A profile, merged from both files.
#[derive(Clone, Default)]
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) named_by: NamedBy,
    pub(crate) properties: BTreeMap<String, Property>,
    /// What the section of services says for each service.
    pub(crate) services: BTreeMap<String, BTreeMap<String, Property>>,
    pub(crate) files: Vec<ReadFile>,
    /// The files that there might have been.
    pub(crate) asked: String,
}

/// A value and where it is written.
#[derive(Clone)]
pub(crate) struct Property {
    pub(crate) value: String,
    pub(crate) place: Place,
}

/// A line of a file.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) file: Arc<str>,
    pub(crate) line: usize,
}

/// Which of the two files a file is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Config,
    Credentials,
}

/// A file that was there. Its text is kept because other parts of it count where the profile
/// refers to them.
#[derive(Clone)]
#[cfg_attr(not(feature = "aws-config"), expect(dead_code, reason = "nothing follows references"))]
pub(crate) struct ReadFile {
    pub(crate) kind: FileKind,
    pub(crate) text: Arc<str>,
}

impl Profile {
    /// A property with a value; an empty one is as if it were not there.
    pub(crate) fn get(&self, name: &str) -> Option<&Property> {
        self.properties.get(name).filter(|property| !property.value.is_empty())
    }

    /// The property of a service in the section of services.
    pub(crate) fn of_service(&self, service: &str, name: &str) -> Option<&Property> {
        let property = self.services.get(service)?.get(name)?;
        Some(property).filter(|property| !property.value.is_empty())
    }

    /// This profile with no other property than `name`, so that no more is kept than is needed.
    pub(crate) fn only(&self, name: &str) -> Self {
        let property = self.properties.get_key_value(name);
        let properties = property.map(|(name, property)| (name.clone(), property.clone()));
        Self {
            properties: properties.into_iter().collect(),
            services: self.services.clone(),
            ..Self::default()
        }
    }

    /// The profile as errors name it, `the profile dev`.
    pub(crate) fn shown(&self) -> String {
        format!("the profile {}", self.name)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
