//! The configuration of clients: where to, as whom, and over what.
//!
//! Precedence is the same for each setting: what the code says, then the environment, then the
//! profile. What is outside of the code is looked up in `config_load`. Nothing here knows a service;
//! what depends on one is decided when a call is made.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use aws_credential_types::provider::SharedCredentialsProvider;

use crate::config::network::Network;
use crate::config::request_settings::RequestSettings;
use crate::credentials::cache::CredentialsCache;
use crate::credentials::credentials::{self, ProvideCredentials};
use crate::endpoint::custom::Overrides;
use crate::load::config_load::{InCode, Loaded};
use crate::providers::region_finder::RegionFinder;
use crate::settings::profile::files::ProfileFiles;
use crate::settings::region::Region;
use crate::settings::setting::Sources;
use crate::{
    ConfigError, Environment, Proxies, RetryConfig, RootCertificates, Timeouts, Transport,
};

/// What clients are made with. A clone shares the connections and the credentials of the original.
#[derive(Clone)]
pub struct Config(pub(super) Arc<Built>);

/// The settings, and what was made of them.
pub(super) struct Built {
    pub(super) settings: ConfigBuilder,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) region: Arc<RegionFinder>,
    pub(super) credentials: SharedCredentialsProvider,
}

impl Config {
    /// Reads the environment variables of this process and the profile files of the AWS tools. What
    /// is in both counts as the variable says.
    ///
    /// | setting | variables | property of the profile |
    /// |---|---|---|
    /// | region | `AWS_REGION`, `AWS_DEFAULT_REGION` | `region` |
    /// | keys | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` | the same in lower case |
    /// | profile | `AWS_PROFILE` | |
    /// | profile files | `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE`, `HOME` (on Windows also `USERPROFILE`) | |
    /// | endpoint of a service | `AWS_ENDPOINT_URL_<SERVICE>` | `services`, and there `endpoint_url` below the service |
    /// | endpoint of all services | `AWS_ENDPOINT_URL` | `endpoint_url` |
    /// | neither of these endpoints | `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` | `ignore_configured_endpoint_urls` |
    /// | FIPS, dual-stack | `AWS_USE_FIPS_ENDPOINT`, `AWS_USE_DUALSTACK_ENDPOINT` | `use_fips_endpoint`, `use_dualstack_endpoint` |
    /// | authorities | `AWS_CA_BUNDLE`, see [`RootCertificates::from_environment`] | |
    /// | proxies | `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, see [`Proxies::from_environment`] | |
    /// | no prefixes of hosts | `AWS_DISABLE_HOST_PREFIX_INJECTION` | `disable_host_prefix_injection` |
    /// | no compression of requests | `AWS_DISABLE_REQUEST_COMPRESSION` | `disable_request_compression` |
    /// | compression from this size | `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES` | `request_min_compression_size_bytes` |
    /// | retries | `AWS_MAX_ATTEMPTS`, `AWS_RETRY_MODE`, `AWS_NEW_RETRIES_2026` | `max_attempts`, `retry_mode` |
    ///
    /// With the feature `aws-config`, which is on by default, there are further places for
    /// credentials: a profile with `role_arn`, `sso_session`, `credential_process` or
    /// `web_identity_token_file`; then `AWS_WEB_IDENTITY_TOKEN_FILE` with `AWS_ROLE_ARN` and
    /// `AWS_ROLE_SESSION_NAME`; then the address of a container
    /// (`AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or `AWS_CONTAINER_CREDENTIALS_FULL_URI`); then the
    /// metadata of an EC2 instance, which is also asked for the region where nothing else names one
    /// (`AWS_EC2_METADATA_DISABLED`, `AWS_EC2_METADATA_SERVICE_ENDPOINT`,
    /// `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`). The endpoints of STS and SSO, and the address of a
    /// container, are taken from the process itself, also where [`ConfigBuilder::load`] is given
    /// another [`Environment`].
    ///
    /// Nothing is sent here. Credentials are looked for by the first call and kept until shortly
    /// before they expire. A region or credentials that are not there are an error of the call that
    /// needs them.
    ///
    /// # Errors
    /// A variable or property with a value that it cannot have; a profile file that cannot be read,
    /// or that a variable names and that is not there; a profile that `AWS_PROFILE` names and that is
    /// in no file.
    pub async fn from_env() -> Result<Self, ConfigError> {
        Self::builder().load(&Environment::process()).await
    }

    /// A configuration in code.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder {
            region: None,
            credentials: None,
            endpoints: Overrides::default(),
            use_fips: None,
            use_dual_stack: None,
            retry: None,
            timeouts: None,
            validate: false,
            requests: RequestSettings::default(),
            network: Network::default(),
            transport: None,
            own_transport: false,
            files: ProfileFiles::default(),
            loaded: None,
            shared_credentials: None,
        }
    }

    /// This configuration, to make another one of it. Both share their connections and the credentials
    /// that one of them has found, unless the other one is given its own transport, or other limits of
    /// time, proxies or root certificates, or is loaded anew. A provider of credentials that the code
    /// has given is always shared, and what it has said.
    pub fn to_builder(&self) -> ConfigBuilder {
        let transport = Some(Arc::clone(&self.0.transport));
        let shared_credentials = Some(self.0.credentials.clone());
        ConfigBuilder { transport, shared_credentials, ..self.0.settings.clone() }
    }

    /// The region, where there is one. One that only the metadata of an instance tells is there
    /// after the first call.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.0.region.get().map(|region| region.name.as_str())
    }

    /// Finds out the region where nobody has named one, before it is used.
    pub(crate) async fn find_region(&self) -> Result<(), ConfigError> {
        self.0.region.find().await
    }

    /// The region, where there is one, checked.
    pub(crate) fn some_region(&self) -> Result<Option<&str>, ConfigError> {
        self.0.region.get().map(Region::check).transpose()
    }

    /// The region a call is signed for.
    pub(crate) fn checked_region(&self) -> Result<&str, ConfigError> {
        self.0.region.get().ok_or_else(|| self.0.region.missing())?.check()
    }

    pub(crate) fn credentials(&self) -> SharedCredentialsProvider {
        self.0.credentials.clone()
    }

    pub(crate) fn endpoints(&self) -> &Overrides {
        &self.0.settings.endpoints
    }

    /// Whether endpoints are to be validated by FIPS 140.
    pub(crate) fn use_fips(&self) -> bool {
        self.0.settings.fips()
    }

    /// Whether endpoints are to be reachable over IPv6 as well.
    pub(crate) fn use_dual_stack(&self) -> bool {
        self.0.settings.dual_stack()
    }

    pub(crate) fn retry(&self) -> RetryConfig {
        let loaded = self.0.settings.loaded.as_ref().and_then(|loaded| loaded.retry);
        self.0.settings.retry.or(loaded).unwrap_or_default()
    }

    pub(crate) fn timeouts(&self) -> Timeouts {
        self.0.settings.timeouts.unwrap_or_default()
    }

    /// Whether requests are checked against the model before they are sent.
    pub(crate) fn validates(&self) -> bool {
        self.0.settings.validate
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }
}

/// Builds a [`Config`].
#[derive(Clone)]
#[must_use]
pub struct ConfigBuilder {
    pub(super) region: Option<Region>,
    pub(super) credentials: Option<SharedCredentialsProvider>,
    pub(super) endpoints: Overrides,
    pub(super) use_fips: Option<bool>,
    pub(super) use_dual_stack: Option<bool>,
    pub(super) retry: Option<RetryConfig>,
    pub(super) timeouts: Option<Timeouts>,
    pub(super) validate: bool,
    pub(super) requests: RequestSettings,
    pub(super) network: Network,
    pub(super) transport: Option<Arc<dyn Transport>>,
    /// Whether the transport is one that was given, which no setting replaces.
    pub(super) own_transport: bool,
    pub(super) files: ProfileFiles,
    pub(super) loaded: Option<Arc<Loaded>>,
    /// What found the credentials of the configuration that this one is made of.
    pub(super) shared_credentials: Option<SharedCredentialsProvider>,
}

impl ConfigBuilder {
    /// The region, `eu-west-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(Region::from_code(region.into()));
        self
    }

    /// Credentials, or anything that provides them. A provider is asked by the first call and again
    /// shortly before what it gave expires; what does not expire is kept as long as the
    /// configuration.
    pub fn credentials(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(SharedCredentialsProvider::new(CredentialsCache::new(provider)));
        self
    }

    /// A provider that is asked each time, as the cache is.
    #[cfg(test)]
    pub(crate) fn uncached_credentials(
        mut self,
        provider: impl ProvideCredentials + 'static,
    ) -> Self {
        self.credentials = Some(SharedCredentialsProvider::new(provider));
        self
    }

    /// Credentials that do not change: an access key, its secret and, for temporary ones, the
    /// session token.
    pub fn static_credentials(
        self,
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        session_token: Option<String>,
    ) -> Self {
        let (key, secret) = (access_key_id.into(), secret_access_key.into());
        self.credentials(credentials::fixed(key, secret, session_token))
    }

    /// The profile that [`load`](Self::load) takes settings and credentials from, instead of the one
    /// that `AWS_PROFILE` names. Its credentials also count before keys in variables.
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.files.profile = Some(name.into());
        self
    }

    /// The file of profiles with settings that [`load`](Self::load) reads, instead of the one that
    /// `AWS_CONFIG_FILE` names or `~/.aws/config`. It must be there.
    pub fn config_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.files.config = Some(path.into());
        self
    }

    /// The file of profiles with keys that [`load`](Self::load) reads, instead of the one that
    /// `AWS_SHARED_CREDENTIALS_FILE` names or `~/.aws/credentials`. It must be there.
    pub fn credentials_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.files.credentials = Some(path.into());
        self
    }

    /// The URL to which the requests of every service go, instead of the regional host. Its path
    /// is kept: a request for `http://localhost/custom` goes to `/custom/`.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.endpoints.set(url.into());
        self
    }

    /// Whether requests go to endpoints whose cryptography was validated by FIPS 140.
    pub fn use_fips(mut self, fips: bool) -> Self {
        self.use_fips = Some(fips);
        self
    }

    /// Whether requests go to endpoints that can be reached over IPv6 as well as over IPv4.
    pub fn use_dual_stack(mut self, dual_stack: bool) -> Self {
        self.use_dual_stack = Some(dual_stack);
        self
    }

    /// When and how often calls are attempted again.
    pub fn retry(mut self, retry: RetryConfig) -> Self {
        self.retry = Some(retry);
        self
    }

    /// How long the parts of a call may take. The limits for connecting and reading are kept by
    /// [`HttpTransport`](crate::HttpTransport); a transport of one's own has to keep them itself.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = Some(timeouts);
        self.with_new_connections()
    }

    /// The proxies, instead of those of the environment. A transport of one's own is not told.
    pub fn proxies(mut self, proxies: Proxies) -> Self {
        self.network.proxies = Some(proxies);
        self.with_new_connections()
    }

    /// Whom to trust, instead of the operating system and `AWS_CA_BUNDLE`. A transport of one's own is
    /// not told.
    pub fn root_certificates(mut self, roots: RootCertificates) -> Self {
        self.network.roots = Some(roots);
        self.with_new_connections()
    }

    /// Connections that were opened under other settings are not shared. Nor are credentials, which
    /// would be asked for over those connections.
    fn with_new_connections(mut self) -> Self {
        if !self.own_transport {
            self.transport = None;
            self.shared_credentials = None;
        }
        self
    }

    /// Whether requests are checked against the lengths, ranges and sizes of the model before they
    /// are sent. They are not unless this asks for it: services widen their limits without notice,
    /// and a call that would succeed would then be refused.
    pub fn validate_requests(mut self, validate: bool) -> Self {
        self.validate = validate;
        self
    }

    /// What sends the requests, instead of [`HttpTransport`](crate::HttpTransport).
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self.own_transport = true;
        self.shared_credentials = None;
        self
    }

    /// The configuration as the code has made it; no environment variable and no file is read.
    #[must_use]
    pub fn build(self) -> Config {
        let made = || Arc::new(self.http_transport()) as _;
        let transport = self.transport.clone().unwrap_or_else(made);
        let region = Arc::new(self.region_finder(&transport));
        let credentials = self.provider(&transport, &region);
        Config(Arc::new(Built { settings: self, transport, region, credentials }))
    }

    /// The configuration, with what the code has not set taken from `environment` and from the
    /// profile files, as [`Config::from_env`] does it. Of a configuration that was loaded before,
    /// everything is looked up again.
    ///
    /// # Errors
    /// Those of [`Config::from_env`], and a profile or file that the code names and that is not there.
    pub async fn load(mut self, environment: &Environment) -> Result<Config, ConfigError> {
        let profile = self.files.load(environment)?;
        let sources = Sources { environment, profile: &profile };
        self.endpoints.load(&sources)?;
        // Other proxies and authorities may be named now.
        self = self.with_new_connections();
        let code = InCode {
            region: self.region.is_some(),
            use_fips: self.use_fips.is_some(),
            use_dual_stack: self.use_dual_stack.is_some(),
            retry: self.retry.is_some(),
            requests: self.requests,
        };
        // A transport of one's own is not told, so it does not matter what they are.
        let network =
            if self.own_transport { Network::default() } else { self.network.load(environment)? };
        self.loaded = Some(Arc::new(Loaded::new(&sources, &code, network)?));
        self.shared_credentials = None;
        Ok(self.build())
    }

    fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = self.credentials.is_some() || self.loaded.is_some();
        let credentials = known.then_some(crate::Redacted);
        f.debug_struct(name)
            .field("region", &self.named_region().map(|region| &region.name))
            .field("credentials", &credentials)
            .field("endpoint_url", &self.endpoints.shown())
            // Without its own `Debug`: one that keeps requests would print what is in them.
            .field("transport", &format_args!(".."))
            .finish()
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.settings.debug("Config", f)
    }
}

impl fmt::Debug for ConfigBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.debug("ConfigBuilder", f)
    }
}
