//! A region, and where it came from.

use crate::ConfigError;
use crate::settings::host_label::is_valid_host_label;
use crate::settings::setting::Origin;

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

    pub(crate) fn new(name: String, origin: Origin) -> Self {
        Self { name, origin }
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
