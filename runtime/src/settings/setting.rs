//! Looks up a setting in the environment variables and then in the profile. Each value has its
//! origin, so that an error can name the setting to fix.

use std::fmt;

use crate::settings::profile::{Location, Profile, Property};
use crate::{ConfigError, Environment};

/// The origin of values that are set in code, in error messages.
pub(crate) const CODE: &str = "the configuration in code";

/// The origin of a setting.
#[derive(Clone)]
pub(crate) enum Origin {
    Code,
    Variable(String),
    Property(&'static str, Location),
    /// A source other than a setting, such as the metadata of an instance.
    Other(&'static str),
}

/// A setting as written at its origin.
#[derive(Clone)]
pub(crate) struct Setting {
    pub(crate) value: String,
    pub(crate) origin: Origin,
}

/// The settings outside the code.
pub(crate) struct Sources<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) profile: &'a Profile,
}

impl Sources<'_> {
    /// The first of the variables that is set, or else the property of the profile.
    pub(crate) fn find(&self, variables: &[&str], property: &'static str) -> Option<Setting> {
        let variable = variables.iter().find_map(|name| self.variable(name));
        variable.or_else(|| self.property(property))
    }

    pub(crate) fn variable(&self, name: &str) -> Option<Setting> {
        let value = self.environment.get(name)?.to_owned();
        Some(Setting { value, origin: Origin::Variable(name.to_owned()) })
    }

    pub(crate) fn property(&self, name: &'static str) -> Option<Setting> {
        Some(Setting::from_property(name, self.profile.get(name)?))
    }

    /// A setting that is `true` or `false`.
    pub(crate) fn find_bool(
        &self,
        variable: &str,
        property: &'static str,
    ) -> Result<Option<bool>, ConfigError> {
        self.find(&[variable], property).map(|setting| setting.parse_bool()).transpose()
    }
}

impl Setting {
    pub(crate) fn from_property(name: &'static str, property: &Property) -> Self {
        let origin = Origin::Property(name, property.location.clone());
        Self { value: property.value.clone(), origin }
    }

    pub(crate) fn parse_bool(&self) -> Result<bool, ConfigError> {
        match self.value.to_ascii_lowercase().as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.invalid("true or false")),
        }
    }

    /// The error of an invalid value.
    pub(crate) fn invalid(&self, expected: &'static str) -> ConfigError {
        let origin = match &self.origin {
            Origin::Variable(name) => format!("the variable {name}"),
            origin => origin.to_string(),
        };
        ConfigError::InvalidSetting { origin, value: self.value.clone(), expected }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code => f.write_str(CODE),
            Self::Variable(name) => f.write_str(name),
            Self::Property(name, location) => write!(f, "{name} in {location}"),
            Self::Other(source) => f.write_str(source),
        }
    }
}
