//! Where a call is sent, and the scope of its signature.
//!
//! A custom endpoint of the configuration is passed to the endpoint rules of the service as a
//! parameter. If the rules depend on the configuration alone, a client evaluates them once per
//! service; otherwise, it evaluates them for each call.

use std::sync::{Arc, PoisonError, RwLock};

use http::header::HOST;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use crate::client::request::account::Account;
use crate::client::request::host_prefix::HostPrefix;
use crate::config::account_mode::AccountIdEndpointMode;
use crate::endpoint::custom::parse;
use crate::endpoint::rules::{EndpointContext, EndpointParameters};
use crate::protocol::headers;
use crate::{Config, ConfigError, Endpoint, Partitions, Service};

/// The URL of a call, the headers that belong to it, and the scope of the signature.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Destination {
    pub(crate) url: Uri,
    /// The headers of every request to this endpoint, from the service and from the endpoint rules.
    pub(crate) headers: HeaderMap,
    pub(crate) signing_region: String,
    pub(crate) signing_name: String,
}

/// The destinations that a client has resolved: one per service, so only a few.
#[derive(Default)]
pub(crate) struct Destinations(RwLock<Vec<Resolved>>);

/// A service and its destination.
type Resolved = (Service, Arc<Destination>);

impl Destinations {
    /// The destination of a call. `account` is `None` if the call is not signed. A signed call
    /// needs a region even if the URL of a custom endpoint does not.
    pub(crate) fn find(
        &self,
        config: &Config,
        service: &Service,
        context: EndpointContext<'_>,
        account: Option<&Account>,
    ) -> Result<Arc<Destination>, ConfigError> {
        let cacheable = service.endpoint_rules.is_none_or(|rules| !rules.depend_on_call());
        if cacheable && let Some(found) = self.get(service) {
            return Ok(found);
        }
        let region = if account.is_some() {
            Some(config.required_region()?)
        } else {
            config.valid_region()?
        };
        let found = Arc::new(resolve(config, service, region, context, account)?);
        // A destination without a region is not cached, because signed calls need one.
        if cacheable && region.is_some() {
            let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
            // Another task may have added it first.
            if !all.iter().any(|(known, _)| known == service) {
                all.push((*service, Arc::clone(&found)));
            }
        }
        Ok(found)
    }

    fn get(&self, service: &Service) -> Option<Arc<Destination>> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let found = all.iter().find(|(known, _)| known == service);
        found.map(|(_, destination)| Arc::clone(destination))
    }
}

fn resolve(
    config: &Config,
    service: &Service,
    region: Option<&str>,
    context: EndpointContext<'_>,
    account: Option<&Account>,
) -> Result<Destination, ConfigError> {
    let custom = config.endpoints().custom(service.id)?;
    if let Some(url) = &custom {
        check_custom(config, url)?;
    }
    let Some(rules) = service.endpoint_rules else {
        let url = custom.map_or_else(|| regional_url(config, service), Ok)?;
        return Destination::new(config, service, (region, url), None);
    };
    let url = custom.as_ref().map(ToString::to_string);
    let parameters = parameters(config, region, url.as_deref(), account).context(context);
    let endpoint = rules.resolve(&parameters).map_err(|error| match config.required_region() {
        // Each service has a different message for a missing region, so all of them are replaced by
        // ours.
        Err(missing) if region.is_none() => missing,
        _ => {
            let reason = error.reason();
            let resolves_with =
                |id: &str| rules.resolve(&parameters.clone().account_id(id)).is_ok();
            let explained = account.map(|account| account.explain(reason, config, resolves_with));
            no_endpoint(service, region, explained.as_deref().unwrap_or(reason))
        }
    })?;
    let uri = match custom {
        // The rules return the custom endpoint unchanged, and it is already parsed.
        Some(uri) if url.as_deref() == Some(endpoint.url()) => uri,
        _ => parse(endpoint.url(), "the endpoint rules of the service")?,
    };
    Destination::new(config, service, (region, uri), Some(&endpoint))
}

/// A custom endpoint has no FIPS or dual-stack variant to choose.
fn check_custom(config: &Config, url: &Uri) -> Result<(), ConfigError> {
    let setting = match (config.use_fips(), config.use_dual_stack()) {
        (true, _) => "FIPS",
        (_, true) => "dual-stack",
        (false, false) => return Ok(()),
    };
    Err(ConfigError::CustomEndpoint { url: url.to_string(), setting })
}

/// The parameters that come from the configuration and the credentials.
fn parameters<'a>(
    config: &Config,
    region: Option<&'a str>,
    custom: Option<&'a str>,
    account: Option<&'a Account>,
) -> EndpointParameters<'a> {
    let parameters = EndpointParameters::new()
        .use_fips(config.use_fips())
        .use_dual_stack(config.use_dual_stack())
        .use_sts_global_endpoint(config.uses_sts_global_endpoint());
    let parameters = region.into_iter().fold(parameters, EndpointParameters::region);
    let parameters = custom.into_iter().fold(parameters, EndpointParameters::endpoint);
    match account {
        Some(account) => account.add_to(parameters),
        None => parameters.account_id_endpoint_mode(AccountIdEndpointMode::Disabled.as_str()),
    }
}

/// The URL of a service whose model has no endpoint rules. The URLs for FIPS and dual-stack are not
/// known without rules.
fn regional_url(config: &Config, service: &Service) -> Result<Uri, ConfigError> {
    let region = config.required_region()?;
    if config.use_fips() || config.use_dual_stack() {
        let reason = "FIPS and dual-stack need endpoint rules, which the model of the service does \
                      not have: set an endpoint instead";
        return Err(no_endpoint(service, Some(region), reason));
    }
    let suffix = Partitions::built_in().of_region(region).dns_suffix();
    let url = format!("https://{}.{region}.{suffix}/", service.endpoint_prefix);
    parse(&url, "the name of the service and the region")
}

fn no_endpoint(service: &Service, region: Option<&str>, reason: &str) -> ConfigError {
    let (region, reason) = (region.unwrap_or_default().to_owned(), reason.to_owned());
    ConfigError::NoEndpoint { service: service.id, region, reason }
}

impl Destination {
    /// The host and the port, if any, for error messages.
    pub(crate) fn host(&self) -> String {
        self.url.authority().map(ToString::to_string).unwrap_or_default()
    }

    /// This destination with a prefix added to the host.
    pub(crate) fn with_prefix(&self, prefix: &HostPrefix) -> Result<Self, ConfigError> {
        let mut prefixed = self.clone();
        let (url, host) = prefix.add_to(&self.url)?;
        prefixed.url = url;
        prefixed.headers.insert(HOST, host);
        Ok(prefixed)
    }

    fn new(
        config: &Config,
        service: &Service,
        (region, url): (Option<&str>, Uri),
        endpoint: Option<&Endpoint>,
    ) -> Result<Self, ConfigError> {
        let mut headers = HeaderMap::new();
        for (name, value) in endpoint.map(Endpoint::headers).unwrap_or_default() {
            let header = (HeaderName::try_from(name), HeaderValue::try_from(value));
            let (Ok(name), Ok(value)) = header else {
                let reason = format!("the rules set the header {name:?}, which is not valid");
                return Err(no_endpoint(service, region, &reason));
            };
            headers.append(name, value);
        }
        headers::add(&mut headers, service, &url, &config.user_agent_suffix())
            .map_err(|error| no_endpoint(service, region, &error.to_string()))?;
        let signing_region =
            endpoint.and_then(Endpoint::get_signing_region).or(region).unwrap_or_default();
        let signing_name = endpoint.and_then(Endpoint::get_signing_name);
        Ok(Self {
            url,
            headers,
            signing_region: signing_region.to_owned(),
            signing_name: signing_name.unwrap_or(service.signing_name).to_owned(),
        })
    }
}
