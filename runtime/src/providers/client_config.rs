//! The configuration of the clients that providers call: STS, SSO and SSO OIDC.

use std::sync::Arc;

use crate::config::credential_source::ProviderContext;
use crate::credentials::provider::ProvideCredentials;
use crate::endpoint::custom::Overrides;
use crate::settings::region::Region;
use crate::{Config, ConfigBuilder, Transport};

/// The settings that these clients share with the caller's client, and the endpoints from the
/// environment and the profile. An endpoint that is set in code is for the caller's service only.
#[derive(Clone)]
pub(super) struct ClientConfig {
    pub(super) context: ProviderContext,
    pub(super) endpoints: Overrides,
}

impl ClientConfig {
    /// Returns a configuration for unsigned requests, in `region` or else in the caller's region.
    pub(super) fn unsigned(&self, region: Option<Region>) -> Config {
        self.builder(region).build()
    }

    /// Returns a configuration for unsigned requests that are sent over another transport.
    pub(super) fn unsigned_over(
        &self,
        transport: impl Transport,
        region: Option<Region>,
    ) -> Config {
        self.builder(region).transport(transport).build()
    }

    /// Returns a configuration for the caller's region, whose requests are signed with the
    /// credentials of `provider`.
    pub(super) fn signed(&self, provider: impl ProvideCredentials + 'static) -> Config {
        self.builder(None).credentials(provider).build()
    }

    fn builder(&self, region: Option<Region>) -> ConfigBuilder {
        let ProviderContext {
            transport,
            region: calls,
            use_fips,
            use_dual_stack,
            sts_global_endpoint,
            retry,
            user_agent,
            ..
        } = &self.context;
        let mut builder = Config::builder()
            .transport(Arc::clone(transport))
            .use_fips(*use_fips)
            .use_dual_stack(*use_dual_stack)
            .retry(*retry);
        builder.sts_global_endpoint = Some(*sts_global_endpoint);
        builder.region = region.or_else(|| calls.get().cloned());
        builder.endpoints = self.endpoints.clone();
        builder.user_agent = user_agent.clone();
        builder
    }
}
