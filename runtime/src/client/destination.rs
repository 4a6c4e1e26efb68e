//! Where a call goes and what its signature is valid for.
//!
//! Asks the configuration for a custom endpoint and then the rules of the service, which get the
//! custom endpoint as a parameter. Where the rules depend on the configuration alone, what they say
//! is kept: a client asks them once for each service. Nothing here sends or signs anything.

use std::sync::{Arc, PoisonError, RwLock};

use http::header::HOST;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use crate::client::host_prefix::HostPrefix;
use crate::endpoint::custom::parse;
use crate::endpoint::rules::{EndpointContext, EndpointParameters, EndpointRules};
use crate::protocol::headers;
use crate::{Config, ConfigError, Endpoint, Partitions, Service};

/// Where the requests of a call go, and for whom they are signed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Destination {
    pub(crate) url: Uri,
    /// Headers of every request: those of the service, and those that the endpoint asks for.
    pub(crate) headers: HeaderMap,
    pub(crate) signing_region: String,
    pub(crate) signing_name: String,
}

/// The destinations that a client has found out, a few at most: one for each service it calls.
#[derive(Default)]
pub(crate) struct Destinations(RwLock<Vec<Known>>);

/// A service and its destination.
type Known = (Service, Arc<Destination>);

impl Destinations {
    /// The destination of a call. A region is needed for a signature, also where a custom endpoint
    /// makes it needless for the URL.
    pub(crate) fn find(
        &self,
        config: &Config,
        service: &Service,
        context: EndpointContext<'_>,
        signed: bool,
    ) -> Result<Arc<Destination>, ConfigError> {
        let once = service.endpoint_rules.is_none_or(|rules| !rules.are_per_request());
        if once && let Some(known) = self.known(service) {
            return Ok(known);
        }
        let region = if signed { Some(config.checked_region()?) } else { config.some_region()? };
        let found = Arc::new(resolve(config, service, region, context)?);
        // What is found without a region is not kept for calls that need one.
        if once && region.is_some() {
            let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
            // Another task may have been faster.
            if !all.iter().any(|(known, _)| known == service) {
                all.push((*service, Arc::clone(&found)));
            }
        }
        Ok(found)
    }

    fn known(&self, service: &Service) -> Option<Arc<Destination>> {
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
) -> Result<Destination, ConfigError> {
    let custom = config.endpoints().custom(service)?;
    if let Some(url) = &custom {
        check_custom(config, url)?;
    }
    let Some(rules) = service.endpoint_rules else {
        let url = custom.map_or_else(|| regional(config, service), Ok)?;
        return Destination::new(service, region, url, None);
    };
    let url = custom.as_ref().map(ToString::to_string);
    let endpoint = ask(rules, config, service, region, url.as_deref(), context)?;
    let uri = match custom {
        // The rules hand it through, so it has been checked.
        Some(uri) if url.as_deref() == Some(endpoint.url()) => uri,
        _ => parse(endpoint.url(), "the endpoint rules of the service")?,
    };
    Destination::new(service, region, uri, Some(&endpoint))
}

/// The services behind a custom endpoint have no FIPS or dual-stack variant that could be chosen.
fn check_custom(config: &Config, url: &Uri) -> Result<(), ConfigError> {
    let setting = match (config.use_fips(), config.use_dual_stack()) {
        (true, _) => "FIPS",
        (_, true) => "dual-stack",
        (false, false) => return Ok(()),
    };
    Err(ConfigError::CustomEndpoint { url: url.to_string(), setting })
}

fn ask(
    rules: EndpointRules,
    config: &Config,
    service: &Service,
    region: Option<&str>,
    custom: Option<&str>,
    context: EndpointContext<'_>,
) -> Result<Endpoint, ConfigError> {
    let parameters = EndpointParameters::new()
        .use_fips(config.use_fips())
        .use_dual_stack(config.use_dual_stack())
        .context(context);
    let parameters = region.into_iter().fold(parameters, EndpointParameters::region);
    let parameters = custom.into_iter().fold(parameters, EndpointParameters::endpoint);
    rules.resolve(&parameters).map_err(|error| match config.checked_region() {
        // Rules in which a region is missing say so in many ways.
        Err(missing) if region.is_none() => missing,
        _ => no_endpoint(service, region, error.reason()),
    })
}

/// The host of a service whose model has no rules. Which host would be the one with FIPS or
/// dual-stack is not known then, and another one must not be taken for it.
fn regional(config: &Config, service: &Service) -> Result<Uri, ConfigError> {
    let region = config.checked_region()?;
    if config.use_fips() || config.use_dual_stack() {
        let reason = "the model of the service has no endpoint rules, which FIPS and dual-stack \
                      need: set an endpoint instead";
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
    /// The host, with its port where it has one, as an error names it.
    pub(crate) fn host(&self) -> String {
        self.url.authority().map(ToString::to_string).unwrap_or_default()
    }

    /// The same with a prefix before the host.
    pub(crate) fn with_prefix(&self, prefix: &HostPrefix) -> Result<Self, ConfigError> {
        let mut prefixed = self.clone();
        let (url, host) = prefix.put(&self.url)?;
        prefixed.url = url;
        prefixed.headers.insert(HOST, host);
        Ok(prefixed)
    }

    fn new(
        service: &Service,
        region: Option<&str>,
        url: Uri,
        endpoint: Option<&Endpoint>,
    ) -> Result<Self, ConfigError> {
        let mut headers = HeaderMap::new();
        for (name, value) in endpoint.map(Endpoint::headers).unwrap_or_default() {
            let header = (HeaderName::try_from(name), HeaderValue::try_from(value));
            let (Ok(name), Ok(value)) = header else {
                let reason = format!("the rules ask for the header {name:?}, which cannot be sent");
                return Err(no_endpoint(service, region, &reason));
            };
            headers.append(name, value);
        }
        headers::add(&mut headers, service, &url)
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
