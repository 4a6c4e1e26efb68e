//! The builder of configurations.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::config::account_mode::{AccountIdEndpointMode, AccountModeSetting};
use crate::config::config::{Built, Config};
use crate::config::loaded::Loaded;
use crate::config::network::Network;
use crate::config::request_settings::RequestSettings;
use crate::config::user_agent::{UserAgent, warn_if_long};
use crate::credentials::cache::CredentialsCache;
use crate::credentials::credentials::Credentials;
use crate::credentials::mfa_code::ProvideMfaCode;
use crate::credentials::provider::ProvideCredentials;
use crate::endpoint::custom::Overrides;
use crate::interceptor::interceptor::Interceptor;
use crate::settings::profile::files::ProfileFiles;
use crate::settings::region::Region;
use crate::settings::setting::Origin;
#[cfg(feature = "http-transport")]
use crate::{Proxies, RootCertificates};
use crate::{RetryConfig, Timeouts, Transport, Validation};

/// Builds a [`Config`].
///
/// A setting in code takes precedence over environment variables, and these take precedence over
/// the profile.
#[derive(Clone)]
#[must_use]
pub struct ConfigBuilder {
    pub(crate) region: Option<Region>,
    pub(super) credentials: Option<Arc<dyn ProvideCredentials>>,
    pub(super) mfa_code: Option<Arc<dyn ProvideMfaCode>>,
    pub(crate) endpoints: Overrides,
    pub(crate) use_fips: Option<bool>,
    pub(crate) use_dual_stack: Option<bool>,
    pub(crate) account_mode: Option<AccountModeSetting>,
    /// Set for the clients of the credential chain only.
    pub(crate) sts_global_endpoint: Option<bool>,
    pub(crate) retry: Option<RetryConfig>,
    pub(super) timeouts: Option<Timeouts>,
    pub(super) validate: bool,
    pub(super) validation: Validation,
    pub(crate) requests: RequestSettings,
    pub(crate) user_agent: UserAgent,
    pub(crate) network: Network,
    pub(super) interceptors: Vec<Arc<dyn Interceptor>>,
    pub(super) transport: Option<Arc<dyn Transport>>,
    /// True if the transport was set in code. Other settings do not replace it.
    pub(crate) custom_transport: bool,
    pub(crate) files: ProfileFiles,
    pub(super) loaded: Option<Arc<Loaded>>,
    /// The configuration that this builder was made from. The new configuration shares its
    /// connections, region and credentials as far as the settings allow.
    pub(super) base: Option<Config>,
}

impl ConfigBuilder {
    pub(super) fn new() -> Self {
        Self {
            region: None,
            credentials: None,
            mfa_code: None,
            endpoints: Overrides::default(),
            use_fips: None,
            use_dual_stack: None,
            account_mode: None,
            sts_global_endpoint: None,
            retry: None,
            timeouts: None,
            validate: false,
            validation: Validation::new(),
            requests: RequestSettings::default(),
            user_agent: UserAgent::default(),
            network: Network::default(),
            interceptors: Vec::new(),
            transport: None,
            custom_transport: false,
            files: ProfileFiles::default(),
            loaded: None,
            base: None,
        }
    }

    /// Sets the region, such as `eu-west-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(Region::new(region.into(), Origin::Code));
        self
    }

    /// Sets the credentials, or a provider of credentials.
    ///
    /// The first call requests credentials from the provider. They are cached, and requested again
    /// shortly before they expire. Credentials without an expiration are cached as long as the
    /// configuration exists.
    ///
    /// ```
    /// use longshore_runtime::{
    ///     Config, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
    /// };
    ///
    /// /// Reads a secret access key from a file.
    /// #[derive(Debug)]
    /// struct KeyFile(&'static str);
    ///
    /// impl ProvideCredentials for KeyFile {
    ///     fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
    ///         CredentialsFuture::new(async {
    ///             let secret = std::fs::read_to_string(self.0);
    ///             let secret = secret.map_err(CredentialsError::failed)?;
    ///             Ok(Credentials::new("AKIDEXAMPLE", secret.trim(), None, None, "key file"))
    ///         })
    ///     }
    /// }
    ///
    /// let config = Config::builder().credentials(KeyFile("secret")).build();
    /// # let _ = config;
    /// ```
    pub fn credentials(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(Arc::new(CredentialsCache::new(provider)));
        self
    }

    /// Sets a provider without a cache, so that a test sees every request for credentials.
    #[cfg(test)]
    pub(crate) fn uncached_credentials(
        mut self,
        provider: impl ProvideCredentials + 'static,
    ) -> Self {
        self.credentials = Some(Arc::new(provider));
        self
    }

    /// Sets credentials that do not change: an access key ID, its secret and, for temporary
    /// credentials, the session token. To set an account ID as well, pass [`Credentials`] to
    /// [`credentials`](Self::credentials).
    pub fn static_credentials(
        self,
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        session_token: Option<String>,
    ) -> Self {
        let (key_id, secret) = (access_key_id.into(), secret_access_key.into());
        self.credentials(Credentials::new(key_id, secret, session_token, None, "code"))
    }

    /// Sets the callback that provides the codes of MFA devices. The default credential chain calls
    /// it for each `AssumeRole` request of a profile with `mfa_serial`, after it has obtained the
    /// credentials that sign the request. Without a callback, such a profile is an error.
    ///
    /// The time until the callback returns counts towards the operation timeout of the call that
    /// needs the credentials.
    pub fn mfa_code(mut self, callback: impl ProvideMfaCode + 'static) -> Self {
        self.mfa_code = Some(Arc::new(callback));
        self
    }

    /// Sets the profile that [`load`](Self::load) reads settings and credentials from, instead of
    /// the one in `AWS_PROFILE`. The credentials of this profile take precedence over keys in
    /// environment variables.
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.files.profile = Some(name.into());
        self
    }

    /// Sets the config file that [`load`](Self::load) reads, instead of the one in
    /// `AWS_CONFIG_FILE` or `~/.aws/config`. The file must exist.
    pub fn config_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.files.config = Some(path.into());
        self
    }

    /// Sets the credentials file that [`load`](Self::load) reads, instead of the one in
    /// `AWS_SHARED_CREDENTIALS_FILE` or `~/.aws/credentials`. The file must exist.
    pub fn credentials_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.files.credentials = Some(path.into());
        self
    }

    /// Sets the URL that the requests of every service are sent to, instead of the regional
    /// endpoint. The path is kept: with `http://localhost/custom`, requests are sent to `/custom/`.
    /// Requests of the default credential chain, for example to STS, are not sent to this URL.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.endpoints.set(url.into());
        self
    }

    /// Sets whether requests are sent to endpoints with FIPS 140 validated cryptography.
    pub fn use_fips(mut self, fips: bool) -> Self {
        self.use_fips = Some(fips);
        self
    }

    /// Sets whether requests are sent to endpoints that support both IPv4 and IPv6.
    pub fn use_dual_stack(mut self, dual_stack: bool) -> Self {
        self.use_dual_stack = Some(dual_stack);
        self
    }

    /// Sets whether requests are sent to account-based endpoints, if the service has them. The
    /// default is [`AccountIdEndpointMode::Preferred`].
    pub fn account_id_endpoint_mode(mut self, mode: AccountIdEndpointMode) -> Self {
        self.account_mode = Some(AccountModeSetting { mode, origin: Origin::Code });
        self
    }

    /// Sets when and how often failed calls are retried.
    pub fn retry(mut self, retry: RetryConfig) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Sets the time limits of calls. The connect and read limits are enforced by
    /// [`HttpTransport`](crate::HttpTransport); a custom transport must enforce them itself.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = Some(timeouts);
        self.with_new_connections()
    }

    /// Sets the proxies, instead of those from the environment. A custom transport ignores this
    /// setting.
    #[cfg(feature = "http-transport")]
    pub fn proxies(mut self, proxies: Proxies) -> Self {
        self.network.proxies = Some(proxies);
        self.with_new_connections()
    }

    /// Sets the trusted root certificates, instead of those of the operating system and
    /// `AWS_CA_BUNDLE`. A custom transport ignores this setting.
    #[cfg(feature = "http-transport")]
    pub fn root_certificates(mut self, roots: RootCertificates) -> Self {
        self.network.roots = Some(roots);
        self.with_new_connections()
    }

    /// Stops sharing connections that were opened with other settings.
    pub(crate) fn with_new_connections(mut self) -> Self {
        if !self.custom_transport {
            self.transport = None;
        }
        self
    }

    /// Sets whether requests are validated against the lengths, ranges and sizes of the model
    /// before they are sent. The default is false: services widen their limits without notice, and
    /// validation would then reject a request that the service accepts.
    ///
    /// [`validation`](Self::validation) selects what else is checked.
    pub fn validate_requests(mut self, validate: bool) -> Self {
        self.validate = validate;
        self
    }

    /// Sets what the validation of requests checks, and enables it. Patterns and enum values are
    /// checked only if they are selected here.
    ///
    /// ```
    /// use longshore_runtime::{Config, Validation};
    ///
    /// let validation = Validation::new().enum_values(true);
    /// let config = Config::builder().validation(validation).build();
    /// // A client that does not validate, with the same connections and credentials.
    /// let other = config.to_builder().validate_requests(false).build();
    /// # let _ = other;
    /// ```
    pub fn validation(mut self, validation: Validation) -> Self {
        self.validation = validation;
        self.validate_requests(true)
    }

    /// Sets whether operations with a host prefix in their model add it to the host, including
    /// the host of a custom endpoint. The default is true. Turn it off for a local server whose
    /// prefixed name does not resolve.
    pub fn host_prefixes(mut self, enabled: bool) -> Self {
        self.requests.host_prefixes = Some(enabled);
        self
    }

    /// Sets whether long request bodies are compressed, if the model of the operation supports it
    /// and the feature `compression` is enabled. The default is true.
    pub fn request_compression(mut self, enabled: bool) -> Self {
        self.requests.compression = Some(enabled);
        self
    }

    /// Sets the size from which request bodies are compressed, from 0 to 10,485,760 bytes. The
    /// default is 10,240. With a larger number, calls that would compress their body fail.
    pub fn request_min_compression_size(mut self, bytes: u32) -> Self {
        self.requests.min_compression_size = Some(bytes);
        self
    }

    /// Sets the application ID, instead of the one from `AWS_SDK_UA_APP_ID` or the profile. It is
    /// sent as `app/ID` in the `User-Agent` header, so that requests can be attributed to the
    /// application.
    ///
    /// It should have at most 50 characters; a longer ID is sent in full, and a warning is logged.
    /// Characters other than ASCII letters, digits and ``!$%&'*+-.^_`|~,`` are replaced with
    /// hyphens. If the ID is empty, none is sent.
    pub fn app_id(mut self, id: impl Into<String>) -> Self {
        let id = id.into();
        warn_if_long(&id, &Origin::Code);
        self.user_agent.app_id = Some(id);
        self
    }

    /// Adds `name/version` to the end of the `User-Agent` header, for a library or a tool that
    /// makes calls on behalf of the application. Characters that are not allowed are replaced as in
    /// [`app_id`](Self::app_id). If the version is empty, only the name is sent. If the name is
    /// empty, nothing is added.
    ///
    /// ```
    /// let config = longshore_runtime::Config::builder()
    ///     .app_id("billing")
    ///     .user_agent_part("image-mirror", env!("CARGO_PKG_VERSION"))
    ///     .build();
    /// # let _ = config;
    /// ```
    pub fn user_agent_part(mut self, name: impl AsRef<str>, version: impl AsRef<str>) -> Self {
        self.user_agent.push(name.as_ref(), version.as_ref());
        self
    }

    /// Adds an interceptor, whose hooks observe every call and can add headers to requests. Several
    /// interceptors are called in the order in which they were added.
    pub fn interceptor(mut self, interceptor: impl Interceptor) -> Self {
        self.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Sets the transport that sends requests, instead of
    /// [`HttpTransport`](crate::HttpTransport). The default credential chain uses it as well.
    ///
    /// Without the feature `http-transport`, there is no default transport, and every request fails
    /// unless a transport is set.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self.custom_transport = true;
        self
    }

    /// Replaces the loaded settings.
    pub(crate) fn with_loaded(mut self, loaded: Loaded) -> Self {
        self.loaded = Some(Arc::new(loaded));
        self
    }

    /// Builds the configuration without reading any environment variable or file.
    #[must_use]
    pub fn build(mut self) -> Config {
        // Otherwise a configuration would keep those that it was derived from alive.
        let base = self.base.take();
        let default = || Arc::new(self.default_transport()) as _;
        let transport = self.transport.clone().unwrap_or_else(default);
        let base = base.as_ref().map(|base| &*base.0);
        let region = self.region_finder(&transport, base);
        let credentials = self.credentials_provider(&transport, &region, base);
        Config(Arc::new(Built { settings: self, transport, region, credentials }))
    }

    pub(super) fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let has_credentials = self.credentials.is_some() || self.loaded.is_some();
        let credentials = has_credentials.then_some(crate::Redacted);
        f.debug_struct(name)
            .field("region", &self.configured_region().map(|region| &region.name))
            .field("credentials", &credentials)
            .field("endpoint_url", &self.endpoints.redacted_url())
            // The `Debug` of a transport that records requests would print their contents.
            .field("transport", &format_args!(".."))
            .finish()
    }
}

impl fmt::Debug for ConfigBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.debug("ConfigBuilder", f)
    }
}
