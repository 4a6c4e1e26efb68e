//! Implements `Config::from_env` and `ConfigBuilder::load`.
//!
//! If a setting is set in code, its variable and property are not read, so an invalid value in them
//! is not an error.

use crate::config::loaded::Loaded;
use crate::config::network::Network;
use crate::endpoint::custom::Overrides;
use crate::load::{endpoints, network, region, requests, retry, user_agent};
use crate::providers::chain_settings::ChainSettings;
use crate::settings::setting::Sources;
use crate::{Config, ConfigBuilder, ConfigError, Environment};

impl Config {
    /// Reads the environment variables of this process and the AWS profile files. If a setting is
    /// in both, the variable takes precedence.
    ///
    /// | setting | variables | property of the profile |
    /// |---|---|---|
    /// | region | `AWS_REGION`, `AWS_DEFAULT_REGION` | `region` |
    /// | access keys | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SECURITY_TOKEN`, `AWS_SESSION_TOKEN` | the same in lower case |
    /// | account ID of the access keys | `AWS_ACCOUNT_ID` | `aws_account_id` |
    /// | profile | `AWS_DEFAULT_PROFILE`, `AWS_PROFILE` | |
    /// | profile files | `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE`, `HOME` (on Windows also `USERPROFILE`) | |
    /// | endpoint of one service | `AWS_ENDPOINT_URL_<SERVICE>` | `services`, and in that section `endpoint_url` under the service |
    /// | endpoint of all services | `AWS_ENDPOINT_URL` | `endpoint_url` |
    /// | ignore these endpoints | `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` | `ignore_configured_endpoint_urls` |
    /// | STS endpoints: `legacy` or `regional` | `AWS_STS_REGIONAL_ENDPOINTS` | `sts_regional_endpoints` |
    /// | account-based endpoints: `preferred`, `disabled` or `required` | `AWS_ACCOUNT_ID_ENDPOINT_MODE` | `account_id_endpoint_mode` |
    /// | FIPS, dual-stack | `AWS_USE_FIPS_ENDPOINT`, `AWS_USE_DUALSTACK_ENDPOINT` | `use_fips_endpoint`, `use_dualstack_endpoint` |
    /// | root certificates | `AWS_CA_BUNDLE`, see [`RootCertificates::from_environment`](crate::RootCertificates::from_environment) | `ca_bundle` |
    /// | proxies | `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, see [`Proxies::from_environment`](crate::Proxies::from_environment) | |
    /// | disable host prefixes | `AWS_DISABLE_HOST_PREFIX_INJECTION` | `disable_host_prefix_injection` |
    /// | disable request compression | `AWS_DISABLE_REQUEST_COMPRESSION` | `disable_request_compression` |
    /// | minimum size for compression | `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES` | `request_min_compression_size_bytes` |
    /// | application ID for the user agent | `AWS_SDK_UA_APP_ID` | `sdk_ua_app_id` |
    /// | retries | `AWS_MAX_ATTEMPTS`, `AWS_RETRY_MODE`, `AWS_NEW_RETRIES_2026` | `max_attempts`, `retry_mode` |
    ///
    /// If there are no keys in the environment, credentials come from the profile: from a role
    /// (`role_arn` with `source_profile`, `credential_source` or `web_identity_token_file`, or
    /// `AWS_WEB_IDENTITY_TOKEN_FILE` with `AWS_ROLE_ARN` and `AWS_ROLE_SESSION_NAME`), from SSO
    /// (`sso_session`, after `aws sso login`), from a login session (`login_session`, after
    /// `aws login`, whose file is in `AWS_LOGIN_CACHE_DIRECTORY` if it is set), from keys, or from a
    /// program (`credential_process`). A role with `mfa_serial` needs a callback, which
    /// [`ConfigBuilder::mfa_code`] sets. If the profile has none, they come from a container
    /// (`AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`, `AWS_CONTAINER_CREDENTIALS_FULL_URI`,
    /// `AWS_CONTAINER_AUTHORIZATION_TOKEN`, `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE`) or from the
    /// metadata of an EC2 instance (`AWS_EC2_METADATA_DISABLED`, `AWS_EC2_METADATA_V1_DISABLED`,
    /// `AWS_EC2_METADATA_SERVICE_ENDPOINT`, `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`,
    /// `AWS_METADATA_SERVICE_TIMEOUT`, `AWS_METADATA_SERVICE_NUM_ATTEMPTS`). Instance metadata also
    /// provides the region if none is configured. If a configured source fails, the call fails: no
    /// other source is tried. Roles, SSO and login sessions need the feature `credential-chain`,
    /// which is enabled by default; their requests use the settings of this configuration and the
    /// endpoints of the environment and the profile.
    ///
    /// This function sends no request. The first call looks for credentials, and they are cached
    /// until shortly before they expire. If the region or credentials are missing, the call that
    /// needs them fails.
    ///
    /// # Errors
    /// Returns an error if a variable or property has an invalid value, a profile file cannot be
    /// read, a file named by a variable does not exist, or no file contains the profile that a
    /// variable names.
    pub async fn from_env() -> Result<Self, ConfigError> {
        Self::builder().load(&Environment::process()).await
    }
}

impl ConfigBuilder {
    /// Builds the configuration. Settings that are not set in code are read from `environment` and
    /// the profile files, as in [`Config::from_env`]. Settings that were loaded before are loaded
    /// again.
    ///
    /// # Errors
    /// Returns the errors of [`Config::from_env`], or an error if a profile or file that is set in
    /// code does not exist.
    pub async fn load(mut self, environment: &Environment) -> Result<Config, ConfigError> {
        let profile = self.files.load(environment)?;
        let sources = Sources { environment, profile: &profile };
        endpoints::load(&mut self.endpoints, &sources)?;
        // The new environment may set other proxies and root certificates.
        self = self.with_new_connections();
        let loaded = self.load_settings(&sources)?;
        Ok(self.with_loaded(loaded).build())
    }

    fn load_settings(&self, sources: &Sources<'_>) -> Result<Loaded, ConfigError> {
        let switch = |in_code: Option<bool>, variable, property| match in_code {
            Some(_) => Ok(None),
            None => sources.find_bool(variable, property),
        };
        let fips = ("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
        let dual_stack = ("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
        let network = self.load_network(sources)?;
        let use_fips = switch(self.use_fips, fips.0, fips.1)?;
        let use_dual_stack = switch(self.use_dual_stack, dual_stack.0, dual_stack.1)?;
        let retry = if self.retry.is_some() { None } else { Some(retry::load(sources)?) };
        let requests = requests::load(sources, &self.requests)?;
        // A URL set in code is for the caller's service, not for STS and SSO.
        let mut outside_code = Overrides::default();
        let loaded = endpoints::load(&mut outside_code, sources);
        let chain = ChainSettings::load(sources, loaded.map(|()| outside_code))?;
        Ok(Loaded {
            region: if self.region.is_some() { None } else { region::load(sources) },
            region_searched: region::searched(sources.profile),
            region_source: chain.region_source(),
            use_fips,
            use_dual_stack,
            account_mode: match self.account_mode {
                Some(_) => None,
                None => endpoints::load_account_mode(sources)?,
            },
            sts_global_endpoint: endpoints::load_sts_global(sources)?,
            retry,
            requests,
            app_id: self.load_app_id(sources),
            network,
            credentials: Box::new(chain),
        })
    }

    fn load_app_id(&self, sources: &Sources<'_>) -> Option<String> {
        if self.user_agent.app_id.is_some() { None } else { user_agent::load_app_id(sources) }
    }

    /// Loads the proxies and root certificates, which a custom transport ignores.
    fn load_network(&self, sources: &Sources<'_>) -> Result<Network, ConfigError> {
        if self.custom_transport {
            return Ok(Network::default());
        }
        network::load(&self.network, sources)
    }
}
