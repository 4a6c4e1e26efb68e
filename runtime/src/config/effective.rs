//! The effective value of each setting: the one from code, or else the loaded one.

use std::sync::Arc;

use crate::config::account_mode::AccountModeSetting;
use crate::config::builder::ConfigBuilder;
use crate::config::config::Built;
use crate::config::credential_source::ProviderContext;
use crate::config::region_finder::RegionFinder;
use crate::config::request_settings::RequestSettings;
use crate::config::user_agent::UserAgent;
use crate::credentials::clock::Clock;
use crate::credentials::no_credentials::NoCredentials;
use crate::credentials::provider::ProvideCredentials;
use crate::settings::region::Region;
use crate::{RetryConfig, Transport};

impl ConfigBuilder {
    /// The transport to use if the code set none.
    pub(super) fn default_transport(&self) -> impl Transport {
        let loaded = self.loaded.as_ref().map(|loaded| &loaded.network);
        self.network.transport(loaded, self.timeouts.unwrap_or_default())
    }

    /// The region, looked up over `transport` if necessary. It is shared with the configuration
    /// `base` if it comes from the same sources, so that it is not looked up again.
    pub(super) fn region_finder(
        &self,
        transport: &Arc<dyn Transport>,
        base: Option<&Built>,
    ) -> Arc<RegionFinder> {
        if let Some(base) = base.filter(|base| self.has_same_region(transport, base)) {
            return Arc::clone(&base.region);
        }
        let (searched, source) = match &self.loaded {
            Some(loaded) => (loaded.region_searched.clone(), loaded.region_source.clone()),
            None => ("the configuration in code (ConfigBuilder::region)".to_owned(), None),
        };
        let configured = self.configured_region().cloned();
        Arc::new(RegionFinder::new(configured, searched, source, Arc::clone(transport)))
    }

    fn has_same_region(&self, transport: &Arc<dyn Transport>, base: &Built) -> bool {
        let in_code = |settings: &Self| settings.region.as_ref().map(|region| region.name.clone());
        self.has_same_sources(transport, base) && in_code(self) == in_code(&base.settings)
    }

    /// Returns true if `base` has the same loaded settings and the same transport.
    fn has_same_sources(&self, transport: &Arc<dyn Transport>, base: &Built) -> bool {
        let loaded = |settings: &Self| settings.loaded.as_ref().map(Arc::as_ptr);
        loaded(self) == loaded(&base.settings) && Arc::ptr_eq(transport, &base.transport)
    }

    /// The provider from code, or the default chain over `transport`. The chain of the
    /// configuration `base` is shared if its requests would be the same.
    pub(super) fn credentials_provider(
        &self,
        transport: &Arc<dyn Transport>,
        region: &Arc<RegionFinder>,
        base: Option<&Built>,
    ) -> Arc<dyn ProvideCredentials> {
        if let Some(provider) = &self.credentials {
            return provider.clone();
        }
        if let Some(base) = base.filter(|base| self.has_same_chain(transport, region, base)) {
            return base.credentials.clone();
        }
        let Some(loaded) = &self.loaded else {
            return Arc::new(NoCredentials);
        };
        loaded.credentials.provider(ProviderContext {
            transport: Arc::clone(transport),
            region: Arc::clone(region),
            use_fips: self.effective_use_fips(),
            use_dual_stack: self.effective_use_dual_stack(),
            sts_global_endpoint: self.effective_sts_global_endpoint(),
            retry: self.effective_retry(),
            user_agent: self.effective_user_agent(),
            mfa_code: self.mfa_code.clone(),
            clock: Clock::default(),
        })
    }

    /// Returns true if the chain of `base` sends its requests in the same way and to the same
    /// endpoints.
    fn has_same_chain(
        &self,
        transport: &Arc<dyn Transport>,
        region: &Arc<RegionFinder>,
        base: &Built,
    ) -> bool {
        let known = region.get().map(|region| &region.name);
        let same_region = Arc::ptr_eq(region, &base.region)
            || known.is_some() && known == base.region.get().map(|region| &region.name);
        let requests = |settings: &Self| {
            let (retry, agent) = (settings.effective_retry(), settings.effective_user_agent());
            (settings.effective_use_fips(), settings.effective_use_dual_stack(), retry, agent)
        };
        self.has_same_sources(transport, base)
            && same_region
            && requests(self) == requests(&base.settings)
            && self.has_same_mfa_code(&base.settings)
    }

    fn has_same_mfa_code(&self, base: &Self) -> bool {
        match (&self.mfa_code, &base.mfa_code) {
            (Some(callback), Some(other)) => Arc::ptr_eq(callback, other),
            (callback, other) => callback.is_none() && other.is_none(),
        }
    }

    pub(super) fn configured_region(&self) -> Option<&Region> {
        let loaded = self.loaded.as_ref().and_then(|loaded| loaded.region.as_ref());
        self.region.as_ref().or(loaded)
    }

    pub(super) fn effective_use_fips(&self) -> bool {
        let loaded = self.loaded.as_ref().and_then(|loaded| loaded.use_fips);
        self.use_fips.or(loaded).unwrap_or(false)
    }

    pub(super) fn effective_use_dual_stack(&self) -> bool {
        let loaded = self.loaded.as_ref().and_then(|loaded| loaded.use_dual_stack);
        self.use_dual_stack.or(loaded).unwrap_or(false)
    }

    pub(super) fn effective_account_mode(&self) -> Option<&AccountModeSetting> {
        let loaded = self.loaded.as_ref().and_then(|loaded| loaded.account_mode.as_ref());
        self.account_mode.as_ref().or(loaded)
    }

    pub(super) fn effective_sts_global_endpoint(&self) -> bool {
        let loaded = self.loaded.as_ref().map(|loaded| loaded.sts_global_endpoint);
        self.sts_global_endpoint.or(loaded).unwrap_or(false)
    }

    pub(super) fn effective_retry(&self) -> RetryConfig {
        let loaded = self.loaded.as_ref().and_then(|loaded| loaded.retry);
        self.retry.or(loaded).unwrap_or_default()
    }

    pub(super) fn effective_user_agent(&self) -> UserAgent {
        let loaded = self.loaded.as_ref().and_then(|loaded| loaded.app_id.as_ref());
        self.user_agent.or_app_id(loaded)
    }

    pub(super) fn effective_requests(&self) -> RequestSettings {
        let loaded = self.loaded.as_ref().map(|loaded| loaded.requests);
        self.requests.or(loaded.unwrap_or_default())
    }
}
