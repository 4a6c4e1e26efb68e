//! The providers that need a request or another program, implemented by `aws-config`.
//!
//! Each provider receives the settings that this crate has read: the profile's name, the text of
//! the files, the variables and the region. For two groups of settings, `aws-config` offers no
//! alternative to the variables of the process: the address and token of a container's credentials,
//! and the endpoints of STS and SSO.

use std::sync::Arc;
use std::time::SystemTime;

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::{StaticConfiguration, WebIdentityTokenCredentialsProvider};
use aws_credential_types::provider::ProvideCredentials;
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_smithy_types::retry::RetryConfig;

use crate::config::credential_source::ProviderContext;
use crate::credentials::aws_sdk::{FromSdk, ToSdk};
use crate::providers::aws_config_provider::AwsConfigProvider;
use crate::providers::chain_settings::ChainSettings;
use crate::providers::environment;
use crate::providers::lookup::Lookup;
use crate::providers::named_provider::NamedProvider;
use crate::providers::plan::{Plan, Source, WebIdentity};
use crate::providers::smithy_http::SmithyHttp;
use crate::settings::profile::FileKind;

/// The provider of a plan that needs a request or another program.
pub(super) fn provider(
    settings: &ChainSettings,
    plan: &Plan,
    context: &ProviderContext,
) -> NamedProvider {
    let http = http(context);
    let name = &plan.source_name;
    match &plan.source {
        _ if !plan.roles.is_empty() => profile(settings, context),
        Source::WebIdentity(_) if !settings.profile.files.is_empty() => profile(settings, context),
        Source::WebIdentity(found) => named(name, &http, Ok(web_identity(found, context))),
        Source::Container => named(name, &http, Ok(container(context))),
        Source::Instance => named(name, &http, instance(settings, &http)),
        _ => profile(settings, context),
    }
}

/// A profile that gets its credentials from another source.
fn profile(settings: &ChainSettings, context: &ProviderContext) -> NamedProvider {
    let http = http(context);
    let builder = ProfileFileCredentialsProvider::builder()
        .configure(&provider_config(context))
        .profile_name(&settings.profile.name)
        .profile_files(profile_files(settings))
        .with_custom_provider("Environment", ToSdk(environment::look_up(&settings.environment)));
    let provider = match instance(settings, &http) {
        Ok(instance) => builder.with_custom_provider("Ec2InstanceMetadata", instance).build(),
        Err(absent) => builder.with_custom_provider("Ec2InstanceMetadata", ToSdk(absent)).build(),
    };
    let provider = FromSdk(provider);
    let provider = AwsConfigProvider { http, provider, runs_programs: true };
    NamedProvider::new(settings.profile.description(), provider)
}

fn profile_files(settings: &ChainSettings) -> EnvConfigFiles {
    let mut files = EnvConfigFiles::builder();
    for file in &settings.profile.files {
        let kind = match file.kind {
            FileKind::Config => EnvConfigFileKind::Config,
            FileKind::Credentials => EnvConfigFileKind::Credentials,
        };
        files = files.with_contents(kind, file.text.trim_start_matches('\u{feff}'));
    }
    files.build()
}

fn named<P: ProvideCredentials + 'static>(
    name: &str,
    http: &SmithyHttp,
    provider: Result<P, Lookup>,
) -> NamedProvider {
    match provider {
        Ok(provider) => {
            let (http, provider) = (http.clone(), FromSdk(provider));
            NamedProvider::new(name, AwsConfigProvider { http, provider, runs_programs: false })
        }
        Err(lookup) => NamedProvider::new(name, lookup),
    }
}

fn http(context: &ProviderContext) -> SmithyHttp {
    SmithyHttp(Arc::clone(&context.transport))
}

fn provider_config(context: &ProviderContext) -> ProviderConfig {
    let region = context.region.get().map(|region| aws_config::Region::new(region.name.clone()));
    http(context)
        .provider_config()
        .with_region(region)
        .with_use_fips(Some(context.use_fips))
        .with_use_dual_stack(Some(context.use_dual_stack))
        .with_retry_config(RetryConfig::standard().with_max_attempts(context.max_attempts))
}

fn web_identity(
    settings: &WebIdentity,
    context: &ProviderContext,
) -> WebIdentityTokenCredentialsProvider {
    let session_name = settings.role_session_name.as_ref().map(|name| name.value.clone());
    let configuration = StaticConfiguration {
        web_identity_token_file: settings.token_file.value.as_str().into(),
        role_arn: settings.role_arn.value.clone(),
        session_name: session_name.unwrap_or_else(default_session_name),
    };
    let builder = WebIdentityTokenCredentialsProvider::builder();
    let builder = builder.configure(&provider_config(context));
    builder.static_configuration(configuration).build()
}

fn default_session_name() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("longshore-{}", since.as_millis())
}

fn container(context: &ProviderContext) -> EcsCredentialsProvider {
    EcsCredentialsProvider::builder().configure(&provider_config(context)).build()
}

fn instance(
    settings: &ChainSettings,
    http: &SmithyHttp,
) -> Result<ImdsCredentialsProvider, Lookup> {
    let client = settings.instance.client(http).map_err(Lookup::NotConfigured)?;
    let builder = ImdsCredentialsProvider::builder().configure(&http.provider_config());
    Ok(builder.imds_client(client).build())
}
