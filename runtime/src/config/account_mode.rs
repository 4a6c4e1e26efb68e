//! Whether requests are sent to account-based endpoints.

use crate::settings::setting::Origin;

/// Whether requests are sent to account-based endpoints, whose host contains the account ID of the
/// credentials.
///
/// The mode has no effect on services without such endpoints. Unsigned requests always have the
/// mode [`Disabled`](Self::Disabled). The endpoint rules of some services also use the account ID
/// of an ARN in the request; the rules determine whether the mode applies to it.
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
    /// An account-based endpoint is used if the service has one for this configuration and the
    /// credentials have an account ID. This is the default.
    #[default]
    Preferred,
    /// The account ID of the credentials is not used.
    Disabled,
    /// An account-based endpoint or a custom endpoint is used. If no account ID is known, or if the
    /// service has no account-based endpoint for this configuration, the call fails before anything
    /// is sent.
    Required,
}

/// A mode, and where it is set.
#[derive(Clone)]
pub(crate) struct AccountModeSetting {
    pub(crate) mode: AccountIdEndpointMode,
    pub(crate) origin: Origin,
}
