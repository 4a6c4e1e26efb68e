//! The interface through which a configuration builds its default credential chain.
//!
//! The configuration is independent of the providers in the chain; `providers` implements the
//! trait.

use std::sync::Arc;

use crate::config::region_finder::RegionFinder;
use crate::config::user_agent::UserAgent;
use crate::credentials::clock::Clock;
use crate::credentials::mfa_code::ProvideMfaCode;
use crate::credentials::provider::ProvideCredentials;
use crate::{RetryConfig, Transport};

/// Settings from which a credentials provider can be built. They are kept, because a configuration
/// with another transport needs a separate provider.
pub(crate) trait CredentialSource: Send + Sync {
    /// Builds a provider, which sends no request until it is used.
    fn provider(&self, context: ProviderContext) -> Arc<dyn ProvideCredentials>;
}

/// How a provider sends its requests, and to which endpoints.
#[derive(Clone)]
#[cfg_attr(
    not(feature = "credential-chain"),
    expect(dead_code, reason = "only providers that call a service use all settings")
)]
pub(crate) struct ProviderContext {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) region: Arc<RegionFinder>,
    pub(crate) use_fips: bool,
    pub(crate) use_dual_stack: bool,
    pub(crate) sts_global_endpoint: bool,
    pub(crate) retry: RetryConfig,
    pub(crate) user_agent: UserAgent,
    /// The callback for the codes of MFA devices.
    pub(crate) mfa_code: Option<Arc<dyn ProvideMfaCode>>,
    pub(crate) clock: Clock,
}
