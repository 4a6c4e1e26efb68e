//! The providers that need a request or another program, implemented by `aws-config`.
//!
//! Each provider receives the settings that this crate has read: the profile's name, the text of
//! the files, the variables and the region. `aws-config` offers no alternative to the variables of
//! the process for the endpoints of STS and SSO.

use std::sync::Arc;
use std::time::SystemTime;

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::{StaticConfiguration, WebIdentityTokenCredentialsProvider};
use aws_credential_types::provider::ProvideCredentials;
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_smithy_types::retry::RetryConfig;

use crate::config::credential_source::ProviderContext;
use crate::credentials::aws_sdk::{FromSdk, ToSdk};
use crate::providers::aws_config_provider::AwsConfigProvider;
use crate::providers::chain::{container, instance};
use crate::providers::chain_settings::ChainSettings;
use crate::providers::environment;
use crate::providers::lookup::Lookup;
use crate::providers::named_provider::NamedProvider;
use crate::providers::smithy_http::SmithyHttp;
use crate::settings::profile::FileKind;

const TOKEN_FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";
const ROLE: &str = "AWS_ROLE_ARN";

/// A profile that gets its credentials from another source.
pub(super) fn profile(
    settings: &ChainSettings,
    _: &'static str,
    context: &ProviderContext,
) -> NamedProvider {
    let http = http(context);
    let builder = ProfileFileCredentialsProvider::builder()
        .configure(&provider_config(context))
        .profile_name(&settings.profile.name)
        .profile_files(profile_files(settings))
        .with_custom_provider("Environment", ToSdk(environment::look_up(&settings.environment)))
        .with_custom_provider("EcsContainer", ToSdk(container(settings, context)))
        .with_custom_provider("Ec2InstanceMetadata", ToSdk(instance(settings, context)));
    let provider = builder.build();
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

/// The web identity in environment variables.
pub(super) fn web_identity(settings: &ChainSettings, context: &ProviderContext) -> NamedProvider {
    named("a web identity", &http(context), web_identity_provider(settings, context))
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

fn web_identity_provider(
    settings: &ChainSettings,
    context: &ProviderContext,
) -> Result<WebIdentityTokenCredentialsProvider, Lookup> {
    let environment = &settings.environment;
    let (file, role) = match (environment.get(TOKEN_FILE), environment.get(ROLE)) {
        (Some(file), Some(role)) => (file, role),
        (Some(_), None) => {
            return Err(Lookup::Misconfigured(format!("{TOKEN_FILE} is set but {ROLE} is not")));
        }
        (None, _) => return Err(Lookup::NotConfigured(format!("{TOKEN_FILE} is not set"))),
    };
    let session_name = environment.get("AWS_ROLE_SESSION_NAME");
    let configuration = StaticConfiguration {
        web_identity_token_file: file.into(),
        role_arn: role.to_owned(),
        session_name: session_name.map_or_else(default_session_name, str::to_owned),
    };
    let builder = WebIdentityTokenCredentialsProvider::builder();
    let builder = builder.configure(&provider_config(context));
    Ok(builder.static_configuration(configuration).build())
}

fn default_session_name() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("longshore-{}", since.as_millis())
}
