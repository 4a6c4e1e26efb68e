//! Whether requests are sent to endpoints that contain an account ID.

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
