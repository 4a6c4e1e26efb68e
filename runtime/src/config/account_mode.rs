//! Whether requests are sent to endpoints that contain an account ID.

use std::fmt;

use crate::settings::setting::Origin;

/// Whether requests are sent to endpoints that contain the account ID of the credentials.
///
/// Only services whose endpoint rules use the account ID have such endpoints. For all others, the
/// mode has no effect. Unsigned requests never use the endpoint of an account.
///
/// ```
/// use longshore_runtime::{AccountIdEndpointMode, Config};
///
/// let config = Config::builder().account_id_endpoint_mode(AccountIdEndpointMode::Disabled).build();
/// # let _ = config;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum AccountIdEndpointMode {
    /// The endpoint of the account is used if the credentials have an account ID. This is the
    /// default.
    #[default]
    Preferred,
    /// The account ID of the credentials is not used.
    Disabled,
    /// The endpoint of the account is used. If the credentials have no account ID, or if the
    /// service has no such endpoint for this configuration, the call fails before anything is sent.
    Required,
}

/// A mode, and where it is set.
#[derive(Clone)]
pub(crate) struct AccountModeSetting {
    pub(crate) mode: AccountIdEndpointMode,
    pub(crate) origin: Origin,
}

impl AccountIdEndpointMode {
    /// Returns the value of the mode in variables and profile files, such as `preferred`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Preferred => "preferred",
            Self::Disabled => "disabled",
            Self::Required => "required",
        }
    }

    /// Returns the mode with this value. Upper and lower case are equal.
    pub(crate) fn from_setting(value: &str) -> Option<Self> {
        let modes = [Self::Preferred, Self::Disabled, Self::Required];
        modes.into_iter().find(|mode| mode.as_str().eq_ignore_ascii_case(value))
    }
}

/// Prints the value in variables and profile files.
impl fmt::Display for AccountIdEndpointMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
