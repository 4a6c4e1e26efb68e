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
use crate::providers::container::ContainerProvider;
use crate::providers::instance::{INSTANCE, InstanceProvider};
use crate::providers::named_provider::NamedProvider;
use crate::providers::{environment, profile};
use crate::settings::profile::NamedBy;

#[cfg(feature = "aws-config")]
use crate::providers::aws_providers as remote;
#[cfg(not(feature = "aws-config"))]
use crate::providers::unavailable as remote;

impl CredentialSource for ChainSettings {
    fn provider(&self, context: ProviderContext) -> Arc<dyn ProvideCredentials> {
        let settings = self.clone();
        let chain = CredentialsChain { settings, context, providers: OnceLock::new() };
        Arc::new(CredentialsCache::new(chain))
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

/// The providers in order. A profile that is named in code replaces the keys in environment
/// variables, because settings in code take precedence over settings outside it.
fn providers(settings: &ChainSettings, context: &ProviderContext) -> Vec<NamedProvider> {
    let mut providers = Vec::new();
    if settings.profile.named_by != NamedBy::Code {
        let keys = environment::look_up(&settings.environment);
        providers.push(NamedProvider::new("the environment", keys));
    }
    providers.push(profile(settings, context));
    providers.push(remote::web_identity(settings, context));
    providers.push(NamedProvider::new("a container", container(settings, context)));
    providers.push(NamedProvider::new(INSTANCE, instance(settings, context)));
    providers
}

fn profile(settings: &ChainSettings, context: &ProviderContext) -> NamedProvider {
    let name = settings.profile.description();
    match profile::source_property(&settings.profile) {
        Some("credential_process") => match profile::process(&settings.profile) {
            Some(process) => NamedProvider::new(name, process),
            None => NamedProvider::new(name, profile::look_up(&settings.profile)),
        },
        Some(property) => remote::profile(settings, property, context),
        None => NamedProvider::new(name, profile::look_up(&settings.profile)),
    }
}

/// The provider for the endpoint of a container.
pub(super) fn container(settings: &ChainSettings, context: &ProviderContext) -> ContainerProvider {
    ContainerProvider {
        environment: settings.environment.clone(),
        transport: Arc::clone(&context.transport),
        max_attempts: context.max_attempts,
    }
}

/// The provider for the metadata of the instance.
pub(super) fn instance(settings: &ChainSettings, context: &ProviderContext) -> InstanceProvider {
    let transport = Arc::clone(&context.transport);
    InstanceProvider { settings: settings.instance.clone(), transport }
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
