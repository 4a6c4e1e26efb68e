//! A region, and where it came from.

use crate::ConfigError;
use crate::endpoint::rules::is_valid_host_label;
use crate::settings::setting::{Origin, Setting, Sources};

/// A region as it was given, which may be no region at all.
#[derive(Clone)]
pub(crate) struct Region {
    pub(crate) name: String,
    origin: Origin,
}

impl Region {
    pub(crate) fn from_code(name: String) -> Self {
        Self { name, origin: Origin::Code }
    }

    /// A region that the instance says it is in.
    #[cfg(feature = "aws-config")]
    pub(crate) fn of_instance(name: String) -> Self {
        Self { name, origin: Origin::Variable(crate::providers::instance::INSTANCE.to_owned()) }
    }

    /// The region of the variables, else of the profile.
    pub(crate) fn load(sources: &Sources<'_>) -> Option<Self> {
        let found = sources.find(&["AWS_REGION", "AWS_DEFAULT_REGION"], "region")?;
        let Setting { value, origin } = found;
        Some(Self { name: value, origin })
    }

    /// A region becomes a part of a host name, and nothing else may get in that way.
    pub(crate) fn check(&self) -> Result<&str, ConfigError> {
        let name = &self.name;
        if is_valid_host_label(name, false) {
            return Ok(name);
        }
        Err(ConfigError::InvalidRegion { region: name.clone(), origin: self.origin.to_string() })
    }
}
