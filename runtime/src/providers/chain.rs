//! The default credential chain: tries providers in order, and reports why each of them had no
//! credentials.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::config::credential_source::{CredentialSource, ProviderContext};
use crate::credentials::cache::CredentialsCache;
use crate::credentials::credentials::Credentials;
use crate::credentials::error::CredentialsError;
use crate::credentials::error_text::with_causes;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::providers::chain_settings::ChainSettings;
use crate::providers::local::source;
use crate::providers::lookup::Lookup;
use crate::providers::named_provider::NamedProvider;
use crate::providers::plan::{PlanError, Skipped, Source};

#[cfg(feature = "credential-chain")]
use crate::providers::remote;
#[cfg(not(feature = "credential-chain"))]
use crate::providers::unavailable as remote;

impl CredentialSource for ChainSettings {
    fn provider(&self, context: ProviderContext) -> Arc<dyn ProvideCredentials> {
        let (settings, clock) = (self.clone(), context.clock.clone());
        let chain = CredentialsChain { settings, context, providers: OnceLock::new() };
        Arc::new(CredentialsCache::with_clock(chain, clock))
    }
}

/// The chain. Its providers are built by the first call.
struct CredentialsChain {
    settings: ChainSettings,
    context: ProviderContext,
    providers: OnceLock<Vec<NamedProvider>>,
}

impl CredentialsChain {
    async fn get(&self) -> Result<Credentials, CredentialsError> {
        let mut tried = Vec::new();
        let providers = self.providers.get_or_init(|| providers(&self.settings, &self.context));
        for NamedProvider { name, provider } in providers {
            match provider.provide_credentials().await {
                Ok(credentials) => return Ok(credentials),
                Err(error) if error.is_not_configured() => {
                    tried.push(format!("{name} ({})", with_causes(&error)));
                }
                // The provider is configured but failed. The next one is not tried, because it
                // might have the credentials of another identity.
                Err(error) => {
                    let source = ProviderFailed { name: name.clone(), error };
                    return Err(CredentialsError::failed(source));
                }
            }
        }
        Err(CredentialsError::not_configured(format!("tried {}", tried.join(", "))))
    }
}

/// The providers in order: those that are not configured, then the one that is.
fn providers(settings: &ChainSettings, context: &ProviderContext) -> Vec<NamedProvider> {
    let plan = match settings.plan.as_ref() {
        Ok(plan) => plan,
        Err(PlanError { name, problem }) => {
            return vec![NamedProvider::new(name, Lookup::Misconfigured(problem.clone()))];
        }
    };
    let skipped = plan.skipped.iter().map(|Skipped { name, reason }| {
        NamedProvider::new(name, Lookup::NotConfigured(reason.clone()))
    });
    let mut providers: Vec<_> = skipped.collect();
    providers.push(match (plan.roles.last(), &plan.source) {
        (None, Source::Service(_)) => {
            NamedProvider::new(&plan.source_name, remote::provider(settings, plan, context))
        }
        (None, Source::Local(local)) => {
            NamedProvider::new(&plan.source_name, source(settings, local, context))
        }
        (Some(role), _) => {
            let name = format!("the profile {}", role.profile);
            NamedProvider::new(name, remote::provider(settings, plan, context))
        }
    });
    providers
}

impl ProvideCredentials for CredentialsChain {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        CredentialsFuture::new(self.get())
    }
}

impl fmt::Debug for CredentialsChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialsChain")
    }
}

/// The error of a provider, with the provider's name.
#[derive(Debug)]
struct ProviderFailed {
    name: String,
    error: CredentialsError,
}

impl fmt::Display for ProviderFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Error for ProviderFailed {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}
