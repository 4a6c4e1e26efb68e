//! Builds the providers that do not call a service: keys, programs, containers and instances.

use std::sync::Arc;

use crate::config::credential_source::ProviderContext;
use crate::credentials::provider::ProvideCredentials;
use crate::providers::chain_settings::ChainSettings;
use crate::providers::container::ContainerProvider;
use crate::providers::instance::InstanceProvider;
use crate::providers::keys::KeysProvider;
use crate::providers::plan::{LocalSource, Process};
use crate::providers::process::ProcessProvider;

/// Builds the provider of a source that does not call a service.
pub(super) fn source(
    settings: &ChainSettings,
    source: &LocalSource,
    context: &ProviderContext,
) -> Arc<dyn ProvideCredentials> {
    let transport = Arc::clone(&context.transport);
    match source {
        LocalSource::Keys(keys) => Arc::new(KeysProvider::new(keys, context.clock.clone())),
        LocalSource::Container => Arc::new(ContainerProvider {
            environment: settings.environment.clone(),
            transport,
            max_attempts: context.retry.get_max_attempts(),
        }),
        LocalSource::Instance => {
            Arc::new(InstanceProvider { settings: settings.instance.clone(), transport })
        }
        LocalSource::Process(program) => Arc::new(process(program)),
    }
}

fn process(program: &Process) -> ProcessProvider {
    ProcessProvider {
        command: program.command.value.clone(),
        origin: program.command.origin.to_string(),
        account_id: program.account_id.as_ref().map(|account_id| account_id.value.clone()),
    }
}
