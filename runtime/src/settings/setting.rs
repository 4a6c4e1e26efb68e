//! Looks a setting up outside of the code: in the variables, then in the profile. Each value knows
//! where it came from, so that an error can say what to mend.

use std::fmt;

use crate::settings::profile::{Place, Profile, Property};
use crate::{ConfigError, Environment};

/// Where a value comes from that was set in code.
pub(crate) const CODE: &str = "the configuration in code";

/// Where a setting came from.
#[derive(Clone)]
pub(crate) enum Origin {
    Code,
    Variable(String),
    Property(&'static str, Place),
}

/// A setting as it was written.
#[derive(Clone)]
pub(crate) struct Setting {
    pub(crate) value: String,
    pub(crate) origin: Origin,
}

/// Everything outside of the code that has settings.
pub(crate) struct Sources<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) profile: &'a Profile,
}

impl Sources<'_> {
    /// The first of the variables that is set, else the property of the profile.
    pub(crate) fn find(&self, variables: &[&str], property: &'static str) -> Option<Setting> {
        let variable = variables.iter().find_map(|name| self.variable(name));
        variable.or_else(|| self.property(property))
    }

    pub(crate) fn variable(&self, name: &str) -> Option<Setting> {
        let value = self.environment.get(name)?.to_owned();
        Some(Setting { value, origin: Origin::Variable(name.to_owned()) })
    }

    pub(crate) fn property(&self, name: &'static str) -> Option<Setting> {
        Some(Setting::of(name, self.profile.get(name)?))
    }

    /// A setting that is on or off.
    pub(crate) fn switch(
        &self,
        variable: &str,
        property: &'static str,
    ) -> Result<Option<bool>, ConfigError> {
        self.find(&[variable], property).map(|setting| setting.switch()).transpose()
    }
}

impl Setting {
    /// A property of the profile, which calls it `name`.
    pub(crate) fn of(name: &'static str, property: &Property) -> Self {
        let origin = Origin::Property(name, property.place.clone());
        Self { value: property.value.clone(), origin }
    }

    /// Whether it is on.
    pub(crate) fn switch(&self) -> Result<bool, ConfigError> {
        match self.value.to_ascii_lowercase().as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.invalid("true or false")),
        }
    }

    /// What to say of a value that cannot be.
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
            Self::Property(name, place) => write!(f, "{name} in {place}"),
        }
    }
}
