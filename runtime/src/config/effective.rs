//! The effective value of each setting: the one from code, or else the loaded one.

use std::sync::Arc;

use aws_credential_types::provider::SharedCredentialsProvider;

use crate::config::builder::ConfigBuilder;
use crate::config::credential_source::ProviderContext;
use crate::config::region_finder::RegionFinder;
use crate::config::request_settings::RequestSettings;
use crate::credentials::no_credentials::NoCredentials;
use crate::settings::region::Region;
use crate::{HttpTransport, RetryConfig, Transport};

impl ConfigBuilder {
    /// The transport to use if the code set none.
    pub(super) fn http_transport(&self) -> HttpTransport {
        let loaded = self.loaded.as_ref().map(|loaded| &loaded.network);
        self.network.transport(loaded, self.timeouts.unwrap_or_default())
    }

    pub(super) fn region_finder(&self, transport: &Arc<dyn Transport>) -> RegionFinder {
        let (searched, source) = match &self.loaded {
            Some(loaded) => (loaded.region_searched.clone(), loaded.region_source.clone()),
            None => ("the configuration in code (ConfigBuilder::region)".to_owned(), None),
        };
        let configured = self.configured_region().cloned();
        RegionFinder::new(configured, searched, source, Arc::clone(transport))
    }

    /// The provider from code, the provider of the configuration that this builder was made from,
    /// or the default chain over `transport`.
    pub(super) fn credentials_provider(
        &self,
        transport: &Arc<dyn Transport>,
        region: &Arc<RegionFinder>,
    ) -> SharedCredentialsProvider {
        if let Some(provider) = self.credentials.as_ref().or(self.shared_credentials.as_ref()) {
            return provider.clone();
        }
        let Some(loaded) = &self.loaded else {
            return SharedCredentialsProvider::new(NoCredentials);
        };
        loaded.credentials.provider(ProviderContext {
            transport: Arc::clone(transport),
            region: Arc::clone(region),
            use_fips: self.effective_use_fips(),
            use_dual_stack: self.effective_use_dual_stack(),
        })
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

    pub(super) fn effective_retry(&self) -> RetryConfig {
        let loaded = self.loaded.as_ref().and_then(|loaded| loaded.retry);
        self.retry.or(loaded).unwrap_or_default()
    }

    pub(super) fn effective_requests(&self) -> RequestSettings {
        let loaded = self.loaded.as_ref().map(|loaded| loaded.requests);
        self.requests.or(loaded.unwrap_or_default())
    }
}
