//! The configuration of clients: where to, as whom, and over what.
//!
//! Precedence is the same for each setting: what the code says, then the environment. Nothing
//! here knows a service; what depends on one is decided when a call is made.

use std::fmt;
use std::sync::Arc;

use aws_credential_types::provider::SharedCredentialsProvider;

use crate::credentials::{self, EnvironmentCredentials, NoCredentials, ProvideCredentials};
use crate::endpoint::Overrides;
use crate::network::Network;
use crate::{
    ConfigError, Environment, Proxies, RetryConfig, RootCertificates, Timeouts, Transport,
};

/// What clients are made with. A clone shares the connections of the original.
#[derive(Clone)]
pub struct Config(Arc<Built>);

/// The settings, and what was made of them.
struct Built {
    settings: ConfigBuilder,
    transport: Arc<dyn Transport>,
}

impl Config {
    /// Reads the environment variables `AWS_REGION` and `AWS_DEFAULT_REGION`,
    /// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`,
    /// `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL` and
    /// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`, `AWS_CA_BUNDLE` for
    /// [root certificates](RootCertificates::from_environment), and those for
    /// [proxies](Proxies::from_environment).
    ///
    /// A region or credentials that are not there are an error of the call that needs them.
    ///
    /// # Errors
    /// A variable with a value that it cannot have.
    pub async fn from_env() -> Result<Self, ConfigError> {
        Self::builder().load(&Environment::process()).await
    }

    /// A configuration in code.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder {
            region: None,
            region_asked: "the configuration in code, by ConfigBuilder::region",
            credentials: None,
            endpoints: Overrides::default(),
            use_fips: None,
            use_dual_stack: None,
            retry: None,
            timeouts: None,
            validate: false,
            network: Network::default(),
            transport: None,
            own_transport: false,
        }
    }

    /// This configuration, to make another one of it. Both share their connections, unless the
    /// other one is given its own transport, or other limits of time, proxies or root certificates.
    pub fn to_builder(&self) -> ConfigBuilder {
        let transport = Some(Arc::clone(&self.0.transport));
        ConfigBuilder { transport, ..self.0.settings.clone() }
    }

    /// The region, where there is one.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.0.settings.region.as_ref().map(|region| region.name.as_str())
    }

    /// The region a call is signed for.
    pub(crate) fn checked_region(&self) -> Result<&str, ConfigError> {
        let asked = self.0.settings.region_asked;
        let region = self.0.settings.region.as_ref().ok_or(ConfigError::MissingRegion { asked })?;
        region.check()
    }

    pub(crate) fn credentials(&self) -> SharedCredentialsProvider {
        self.0
            .settings
            .credentials
            .clone()
            .unwrap_or_else(|| SharedCredentialsProvider::new(NoCredentials))
    }

    pub(crate) fn endpoints(&self) -> &Overrides {
        &self.0.settings.endpoints
    }

    /// Whether endpoints are to be validated by FIPS 140.
    pub(crate) fn use_fips(&self) -> bool {
        self.0.settings.use_fips.unwrap_or(false)
    }

    /// Whether endpoints are to be reachable over IPv6 as well.
    pub(crate) fn use_dual_stack(&self) -> bool {
        self.0.settings.use_dual_stack.unwrap_or(false)
    }

    pub(crate) fn retry(&self) -> RetryConfig {
        self.0.settings.retry.unwrap_or_default()
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
    region: Option<Region>,
    region_asked: &'static str,
    credentials: Option<SharedCredentialsProvider>,
    endpoints: Overrides,
    use_fips: Option<bool>,
    use_dual_stack: Option<bool>,
    retry: Option<RetryConfig>,
    timeouts: Option<Timeouts>,
    validate: bool,
    network: Network,
    transport: Option<Arc<dyn Transport>>,
    /// Whether the transport is one that was given, which no setting replaces.
    own_transport: bool,
}

impl ConfigBuilder {
    /// The region, `eu-west-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(Region { name: region.into(), origin: "the configuration in code" });
        self
    }

    /// Credentials, or anything that provides them.
    pub fn credentials(mut self, provider: impl ProvideCredentials + 'static) -> Self {
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

    /// Connections that were opened under other settings are not shared.
    fn with_new_connections(mut self) -> Self {
        if !self.own_transport {
            self.transport = None;
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
        self
    }

    /// The configuration as the code has made it; no environment variable is read.
    #[must_use]
    pub fn build(self) -> Config {
        let made = || Arc::new(self.network.transport(self.timeouts.unwrap_or_default())) as _;
        let transport = self.transport.clone().unwrap_or_else(made);
        Config(Arc::new(Built { settings: self, transport }))
    }

    /// The configuration, with what the code has not set taken from `environment`.
    ///
    /// # Errors
    /// A variable with a value that it cannot have.
    pub async fn load(mut self, environment: &Environment) -> Result<Config, ConfigError> {
        self.endpoints.load(environment)?;
        if self.transport.is_none() {
            self.network.load(environment)?;
        }
        if self.region.is_none() {
            self.region = Region::load(environment);
            self.region_asked = "the configuration in code and the variables AWS_REGION and \
                                 AWS_DEFAULT_REGION";
        }
        if self.credentials.is_none() {
            self = self.credentials(EnvironmentCredentials::new(environment));
        }
        Ok(self.build())
    }

    fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials = self.credentials.as_ref().map(|_| crate::Redacted);
        f.debug_struct(name)
            .field("region", &self.region.as_ref().map(|region| &region.name))
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

/// A region and where it came from.
#[derive(Clone)]
struct Region {
    name: String,
    origin: &'static str,
}

impl Region {
    fn load(environment: &Environment) -> Option<Self> {
        ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter().find_map(|origin| {
            environment.get(origin).map(|name| Self { name: name.to_owned(), origin })
        })
    }

    /// A region becomes a part of a host name, and nothing else may get in that way.
    fn check(&self) -> Result<&str, ConfigError> {
        let name = &self.name;
        let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let ends = name.starts_with('-') || name.ends_with('-');
        if letters && !ends && (1..=63).contains(&name.len()) {
            Ok(name)
        } else {
            Err(ConfigError::InvalidRegion { region: name.clone(), origin: self.origin })
        }
    }
}
