//! The places for credentials that take a request or another program, by `aws-config`.
//!
//! Each provider is given what this crate has read: the profile's name, the text of the files, the
//! variables, the region. `aws-config` reads the variables of the process by itself in two cases
//! that it leaves no other way for: the address and token of a container's credentials, and the
//! endpoints of STS and SSO.

use std::time::SystemTime;

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::{StaticConfiguration, WebIdentityTokenCredentialsProvider};
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use tracing::instrument::WithSubscriber;

use crate::credentials::credentials::{self, CredentialsError, Keys};
use crate::providers::chain::{Link, Plan, Wiring, causes};
use crate::providers::instance::INSTANCE;
use crate::providers::smithy_http::SmithyHttp;
use crate::providers::trace_filter::quiet;
use crate::settings::profile::FileKind;

const TOKEN_FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";
const ROLE: &str = "AWS_ROLE_ARN";
const CONTAINER: [&str; 2] =
    ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];

/// What a profile says about credentials elsewhere.
pub(crate) fn profile(plan: &Plan, wiring: &Wiring) -> impl ProvideCredentials + use<> {
    let mut files = EnvConfigFiles::builder();
    for file in &plan.profile.files {
        let kind = match file.kind {
            FileKind::Config => EnvConfigFileKind::Config,
            FileKind::Credentials => EnvConfigFileKind::Credentials,
        };
        files = files.with_contents(kind, file.text.trim_start_matches('\u{feff}'));
    }
    let http = SmithyHttp(wiring.transport.clone());
    let builder = ProfileFileCredentialsProvider::builder()
        .configure(&config(wiring))
        .profile_name(&plan.profile.name)
        .profile_files(files.build())
        .with_custom_provider("Environment", credentials::in_environment(&plan.environment));
    let provider = match instance(wiring, &http) {
        Ok(instance) => builder.with_custom_provider("Ec2InstanceMetadata", instance).build(),
        Err(absent) => builder.with_custom_provider("Ec2InstanceMetadata", absent).build(),
    };
    Foreign { http, provider }
}

/// The places after the profile.
pub(crate) fn further(plan: &Plan, wiring: &Wiring) -> Vec<Link> {
    let http = SmithyHttp(wiring.transport.clone());
    let mut links = Vec::new();
    let name = "a web identity";
    links.push(match web_identity(plan, wiring) {
        Ok(provider) => Link::new(name, Foreign { http: http.clone(), provider }),
        Err(absent) => Link::new(name, absent),
    });
    let name = "a container";
    links.push(if CONTAINER.iter().any(|name| plan.environment.get(name).is_some()) {
        let provider = EcsCredentialsProvider::builder().configure(&config(wiring)).build();
        Link::new(name, Foreign { http: http.clone(), provider })
    } else {
        Link::new(name, Keys::Absent(format!("neither {} is set", CONTAINER.join(" nor "))))
    });
    links.push(match instance(wiring, &http) {
        Ok(provider) => Link::new(INSTANCE, Foreign { http, provider }),
        Err(absent) => Link::new(INSTANCE, absent),
    });
    links
}

fn config(wiring: &Wiring) -> ProviderConfig {
    let region = wiring.region.get().map(|region| aws_config::Region::new(region.name.clone()));
    SmithyHttp(wiring.transport.clone())
        .provider_config()
        .with_region(region)
        .with_use_fips(Some(wiring.use_fips))
        .with_use_dual_stack(Some(wiring.use_dual_stack))
}

fn web_identity(plan: &Plan, wiring: &Wiring) -> Result<WebIdentityTokenCredentialsProvider, Keys> {
    let environment = &plan.environment;
    let (file, role) = match (environment.get(TOKEN_FILE), environment.get(ROLE)) {
        (Some(file), Some(role)) => (file, role),
        (Some(_), None) => return Err(Keys::Half(format!("{TOKEN_FILE} is set, {ROLE} is not"))),
        (None, _) => return Err(Keys::Absent(format!("{TOKEN_FILE} is not set"))),
    };
    let configuration = StaticConfiguration {
        web_identity_token_file: file.into(),
        role_arn: role.to_owned(),
        session_name: environment.get("AWS_ROLE_SESSION_NAME").map_or_else(session, str::to_owned),
    };
    let builder = WebIdentityTokenCredentialsProvider::builder();
    Ok(builder.configure(&config(wiring)).static_configuration(configuration).build())
}

/// A name for a session to which nobody has given one.
fn session() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("longshore-{}", since.as_millis())
}

fn instance(wiring: &Wiring, http: &SmithyHttp) -> Result<ImdsCredentialsProvider, Keys> {
    let client = wiring.instance.client(http).map_err(Keys::Absent)?;
    let builder = ImdsCredentialsProvider::builder().configure(&http.provider_config());
    Ok(builder.imds_client(client).build())
}

/// A provider of aws-config, asked only on a runtime of tokio, and made discreet: neither what it
/// logs nor its errors have requests and answers in them.
#[derive(Debug)]
struct Foreign<P> {
    http: SmithyHttp,
    provider: P,
}

impl<P: ProvideCredentials> ProvideCredentials for Foreign<P> {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        if let Err(why) = self.http.check_runtime() {
            return future::ProvideCredentials::ready(Err(CredentialsError::not_loaded(why)));
        }
        let answer = self.provider.provide_credentials().with_subscriber(quiet());
        future::ProvideCredentials::new(async { answer.await.map_err(plain) })
    }
}

/// The error with its causes as text. Their `Debug` would show answers, and in them keys.
fn plain(error: CredentialsError) -> CredentialsError {
    let text = causes(&error);
    match error {
        CredentialsError::CredentialsNotLoaded(_) => CredentialsError::not_loaded(text),
        CredentialsError::InvalidConfiguration(_) => CredentialsError::invalid_configuration(text),
        CredentialsError::ProviderError(_) => CredentialsError::provider_error(text),
        CredentialsError::ProviderTimedOut(_) => error,
        _ => CredentialsError::unhandled(text),
    }
}
