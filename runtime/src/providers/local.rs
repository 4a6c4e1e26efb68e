//! Builds the providers that do not call a service: keys, programs, containers and instances.

use std::sync::Arc;

use crate::config::credential_source::ProviderContext;
use crate::credentials::provider::ProvideCredentials;
use crate::providers::chain_settings::ChainSettings;
use crate::providers::container::ContainerProvider;
use crate::providers::instance::InstanceProvider;
use crate::providers::keys;
use crate::providers::lookup::Lookup;
use crate::providers::plan::{Process, Source};
use crate::providers::process::ProcessProvider;

/// Builds the provider of a source that does not call a service.
pub(super) fn source(
    settings: &ChainSettings,
    source: &Source,
    context: &ProviderContext,
) -> Arc<dyn ProvideCredentials> {
    let transport = Arc::clone(&context.transport);
    match source {
        Source::Keys(keys) => Arc::new(keys::look_up(keys)),
        Source::Container => Arc::new(ContainerProvider {
            environment: settings.environment.clone(),
            transport,
            max_attempts: context.retry.get_max_attempts(),
        }),
        Source::Instance => {
            Arc::new(InstanceProvider { settings: settings.instance.clone(), transport })
        }
        Source::Process(program) => Arc::new(process(program)),
        Source::WebIdentity(_) | Source::Sso(_) | Source::Login(_) => {
            Arc::new(Lookup::Misconfigured("the source calls a service".to_owned()))
        }
    }
}

fn process(program: &Process) -> ProcessProvider {
    ProcessProvider {
        command: program.command.value.clone(),
        origin: program.command.origin.to_string(),
        account_id: program.account_id.as_ref().map(|account_id| account_id.value.clone()),
    }
}
