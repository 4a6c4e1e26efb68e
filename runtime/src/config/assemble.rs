//! What the settings of a configuration come to: the code's, or else what was loaded.

use std::sync::{Arc, OnceLock};

use aws_credential_types::provider::SharedCredentialsProvider;

use crate::config::config::ConfigBuilder;
use crate::credentials::cache::CredentialsCache;
use crate::credentials::credentials;
use crate::providers::chain::{CredentialsChain, Wiring};
use crate::providers::region_finder::RegionFinder;
use crate::settings::region::Region;
use crate::{HttpTransport, Transport};

#[cfg(feature = "aws-config")]
use crate::providers::instance::InstanceMetadata;
#[cfg(feature = "aws-config")]
use crate::providers::smithy_http::SmithyHttp;

impl ConfigBuilder {
    /// What sends the requests where the code has not said what does.
    pub(crate) fn http_transport(&self) -> HttpTransport {
        let loaded = self.loaded.as_ref().map(|loaded| &loaded.network);
        self.network.transport(loaded, self.timeouts.unwrap_or_default())
    }

    pub(crate) fn region_finder(&self, transport: &Arc<dyn Transport>) -> RegionFinder {
        let asked = "the configuration in code, by ConfigBuilder::region";
        let loaded = self.loaded.as_ref();
        #[cfg(not(feature = "aws-config"))]
        let _ = transport;
        RegionFinder {
            named: self.named_region().cloned(),
            asked: loaded.map_or_else(|| asked.to_owned(), |loaded| loaded.region_asked.clone()),
            #[cfg(feature = "aws-config")]
            instance: loaded.map(|loaded| InstanceMetadata {
                settings: loaded.instance.clone(),
                http: SmithyHttp(Arc::clone(transport)),
            }),
            found: OnceLock::new(),
            #[cfg(feature = "aws-config")]
            turn: tokio::sync::Mutex::default(),
        }
    }

    /// What provides the credentials: the code's, or those of the configuration that this one was
    /// made of, or the places outside of the code.
    pub(crate) fn provider(
        &self,
        transport: &Arc<dyn Transport>,
        region: &Arc<RegionFinder>,
    ) -> SharedCredentialsProvider {
        if let Some(provider) = self.credentials.as_ref().or(self.shared_credentials.as_ref()) {
            return provider.clone();
        }
        let Some(loaded) = &self.loaded else {
            return SharedCredentialsProvider::new(credentials::none());
        };
        let wiring = Wiring {
            transport: Arc::clone(transport),
            region: Arc::clone(region),
            use_fips: self.fips(),
            use_dual_stack: self.dual_stack(),
            #[cfg(feature = "aws-config")]
            instance: loaded.instance.clone(),
        };
        let chain = CredentialsChain::new(loaded.plan.clone(), wiring);
        SharedCredentialsProvider::new(CredentialsCache::new(chain))
    }

    pub(crate) fn named_region(&self) -> Option<&Region> {
        let loaded = self.loaded.as_ref().and_then(|loaded| loaded.region.as_ref());
        self.region.as_ref().or(loaded)
    }

    pub(crate) fn fips(&self) -> bool {
        let loaded = self.loaded.as_ref().and_then(|loaded| loaded.use_fips);
        self.use_fips.or(loaded).unwrap_or(false)
    }

    pub(crate) fn dual_stack(&self) -> bool {
        let loaded = self.loaded.as_ref().and_then(|loaded| loaded.use_dual_stack);
        self.use_dual_stack.or(loaded).unwrap_or(false)
    }
}
