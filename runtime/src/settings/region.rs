//! A region and its origin.

use crate::ConfigError;
use crate::settings::host_label::is_valid_host_label;
use crate::settings::setting::Origin;

/// A region as it was configured. Its name may be invalid.
#[derive(Clone)]
pub(crate) struct Region {
    pub(crate) name: String,
    origin: Origin,
}

impl Region {
    pub(crate) fn new(name: String, origin: Origin) -> Self {
        Self { name, origin }
    }

    /// Returns the name if it is a label of a host name. The region becomes part of the host, so no
    /// other text is accepted.
    pub(crate) fn check(&self) -> Result<&str, ConfigError> {
        let name = &self.name;
        if is_valid_host_label(name, false) {
            return Ok(name);
        }
        Err(ConfigError::InvalidRegion { region: name.clone(), origin: self.origin.to_string() })
    }
}
