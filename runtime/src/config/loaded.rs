//! The settings that were loaded from outside the code, as values.

use std::sync::Arc;

use crate::RetryConfig;
use crate::config::account_mode::AccountModeSetting;
use crate::config::credential_source::CredentialSource;
use crate::config::network::Network;
use crate::config::region_finder::RegionSource;
use crate::config::request_settings::RequestSettings;
use crate::settings::region::Region;

/// Settings from environment variables and profile files. They are replaced as a whole when a
/// configuration is loaded again.
pub(crate) struct Loaded {
    pub(crate) region: Option<Region>,
    /// Where the region was searched for, for error messages.
    pub(crate) region_searched: String,
    /// Looks up the region if none is configured.
    pub(crate) region_source: Option<Arc<dyn RegionSource>>,
    pub(crate) use_fips: Option<bool>,
    pub(crate) use_dual_stack: Option<bool>,
    pub(crate) account_mode: Option<AccountModeSetting>,
    /// True if requests to STS are sent to its global endpoint in some regions.
    pub(crate) sts_global_endpoint: bool,
    pub(crate) retry: Option<RetryConfig>,
    pub(crate) requests: RequestSettings,
    /// The application ID for the user agent.
    pub(crate) app_id: Option<String>,
    pub(crate) network: Network,
    pub(crate) credentials: Box<dyn CredentialSource>,
}
