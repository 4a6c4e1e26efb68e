//! The configuration of clients: region, credentials, endpoints, transport and behavior.
//!
//! It is independent of services. Everything that depends on a service is decided when a call is
//! made.

use std::fmt;
use std::sync::Arc;

use crate::config::account_mode::AccountIdEndpointMode;
use crate::config::builder::ConfigBuilder;
use crate::config::region_finder::RegionFinder;
use crate::credentials::provider::ProvideCredentials;
use crate::endpoint::custom::Overrides;
use crate::interceptor::interceptor::Interceptor;
use crate::settings::region::Region;
use crate::{ConfigError, RetryConfig, Timeouts, Transport, Validation};

/// The configuration of a client. Clones share their connections and credentials.
#[derive(Clone)]
pub struct Config(pub(super) Arc<Built>);

/// The settings and the values that were built from them.
pub(super) struct Built {
    pub(super) settings: ConfigBuilder,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) region: Arc<RegionFinder>,
    pub(super) credentials: Arc<dyn ProvideCredentials>,
}

impl Config {
    /// Returns a builder for a configuration in code.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::new()
    }

    /// Returns a builder with the settings of this configuration.
    ///
    /// The new configuration shares the connections of this one, unless the builder sets another
    /// transport, timeouts, proxies or root certificates, or loads its settings again. The default
    /// credential chain, including the credentials that it has returned, is shared if the settings
    /// that its requests depend on are unchanged: the connections, the region, FIPS, dual-stack,
    /// the retry settings and the callback for MFA codes. A credentials provider that was set in
    /// code is always shared.
    pub fn to_builder(&self) -> ConfigBuilder {
        let transport = Some(Arc::clone(&self.0.transport));
        ConfigBuilder { transport, base: Some(self.clone()), ..self.0.settings.clone() }
    }

    /// The region, if it is known. A region from instance metadata is known after the first call.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.0.region.get().map(|region| region.name.as_str())
    }

    /// Looks up the region if it is not configured.
    pub(crate) async fn find_region(&self) -> Result<(), ConfigError> {
        self.0.region.find().await
    }

    /// The region, if it is known.
    ///
    /// # Errors
    /// The region is not a valid label of a host name.
    pub(crate) fn valid_region(&self) -> Result<Option<&str>, ConfigError> {
        self.0.region.get().map(Region::check).transpose()
    }

    /// The region for a signature.
    ///
    /// # Errors
    /// There is no region, or it is not a valid label of a host name.
    pub(crate) fn required_region(&self) -> Result<&str, ConfigError> {
        self.0.region.get().ok_or_else(|| self.0.region.missing())?.check()
    }

    pub(crate) fn credentials(&self) -> &dyn ProvideCredentials {
        &*self.0.credentials
    }

    pub(crate) fn endpoints(&self) -> &Overrides {
        &self.0.settings.endpoints
    }

    pub(crate) fn use_fips(&self) -> bool {
        self.0.settings.effective_use_fips()
    }

    pub(crate) fn use_dual_stack(&self) -> bool {
        self.0.settings.effective_use_dual_stack()
    }

    pub(crate) fn account_id_endpoint_mode(&self) -> AccountIdEndpointMode {
        self.0.settings.effective_account_mode().map(|setting| setting.mode).unwrap_or_default()
    }

    /// Where the mode is set, for error messages.
    pub(crate) fn account_mode_origin(&self) -> String {
        let setting = self.0.settings.effective_account_mode();
        setting.map(|setting| setting.origin.to_string()).unwrap_or_default()
    }

    /// Returns true if requests to STS are sent to its global endpoint.
    pub(crate) fn uses_sts_global_endpoint(&self) -> bool {
        self.0.settings.effective_sts_global_endpoint()
    }

    pub(crate) fn retry(&self) -> RetryConfig {
        self.0.settings.effective_retry()
    }

    pub(crate) fn timeouts(&self) -> Timeouts {
        self.0.settings.timeouts.unwrap_or_default()
    }

    /// What is checked before a request is sent; `None` if requests are not validated.
    pub(crate) fn validation(&self) -> Option<Validation> {
        let settings = &self.0.settings;
        settings.validate.then_some(settings.validation)
    }

    /// Returns true if the host prefix of an operation is added to the host.
    pub(crate) fn uses_host_prefixes(&self) -> bool {
        self.0.settings.effective_requests().host_prefixes.unwrap_or(true)
    }

    /// The size from which bodies are compressed, in bytes; `None` if compression is off.
    pub(crate) fn compression_threshold(&self) -> Result<Option<usize>, ConfigError> {
        self.0.settings.effective_requests().compression_threshold()
    }

    /// The text to append to the user agent of a service.
    pub(crate) fn user_agent_suffix(&self) -> String {
        self.0.settings.effective_user_agent().suffix()
    }

    pub(crate) fn interceptors(&self) -> &[Arc<dyn Interceptor>] {
        &self.0.settings.interceptors
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.settings.debug("Config", f)
    }
}
