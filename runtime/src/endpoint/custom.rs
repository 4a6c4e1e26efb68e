//! Endpoints that a configuration sets itself, and what makes a URL one.
//!
//! An override from code wins, then the variable of the service, then the variable for all
//! services, then what the profile says in its section of services, then what it says for all
//! services; without any of them `destination` asks the rules of the service.

use http::Uri;
use http::uri::{PathAndQuery, Scheme};

use crate::display::url::redact_url;
use crate::http::authority;
use crate::settings::profile::Profile;
use crate::settings::setting::{Origin, Setting, Sources};
use crate::{ConfigError, Environment};

/// The variable for all services, and the beginning of the name of each service's own.
pub(crate) const VARIABLE: &str = "AWS_ENDPOINT_URL";
/// What the profile calls a URL, for one service as for all of them.
const PROPERTY: &str = "endpoint_url";

/// What a configuration says about endpoints.
#[derive(Clone, Default)]
pub(crate) struct Overrides {
    explicit: Option<String>,
    variables: Environment,
    profile: Profile,
}

impl Overrides {
    pub(crate) fn set(&mut self, url: String) {
        self.explicit = Some(url);
    }

    pub(crate) fn is_set_in_code(&self) -> bool {
        self.explicit.is_some()
    }

    pub(crate) fn clear_loaded(&mut self) {
        (self.variables, self.profile) = Default::default();
    }

    /// Keeps the endpoints that the environment and the profile name.
    pub(crate) fn set_loaded(&mut self, sources: &Sources<'_>) {
        self.variables = sources.environment.with_prefix(VARIABLE);
        self.profile = sources.profile.with_property(PROPERTY);
    }

    /// The URL that was set for the service with this SDK id. Its path ends with a slash.
    pub(crate) fn custom(&self, service_id: &str) -> Result<Option<Uri>, ConfigError> {
        let Some(Setting { value, origin }) = self.setting(service_id) else { return Ok(None) };
        parse(&value, &origin.to_string()).map(Some)
    }

    fn setting(&self, service_id: &str) -> Option<Setting> {
        if let Some(url) = &self.explicit {
            return Some(Setting { value: url.clone(), origin: Origin::Code });
        }
        let sources = Sources { environment: &self.variables, profile: &self.profile };
        let id = service_id.replace([' ', '-'], "_");
        let own = sources.variable(&format!("{VARIABLE}_{}", id.to_uppercase()));
        let all = || sources.variable(VARIABLE);
        own.or_else(all).or_else(|| {
            let property = self.profile.service_property(&id.to_lowercase(), PROPERTY);
            let property = property.or_else(|| self.profile.get(PROPERTY))?;
            Some(Setting::from_property(PROPERTY, property))
        })
    }

    /// What `Debug` of a configuration shows.
    pub(crate) fn shown(&self) -> Option<String> {
        self.explicit.as_deref().map(redact_url)
    }
}

/// The URL, whose path ends with a slash, or what is wrong with it.
pub(crate) fn parse(url: &str, origin: &str) -> Result<Uri, ConfigError> {
    check(url).map_err(|problem| ConfigError::InvalidEndpoint {
        url: redact_url(url),
        origin: origin.to_owned(),
        problem,
    })
}

fn check(url: &str) -> Result<Uri, &'static str> {
    // The parser below would drop it silently.
    if url.contains('#') {
        return Err("has a fragment, which no request can carry");
    }
    let uri: Uri = url.parse().map_err(|_| "is not a URL")?;
    let parts = uri.into_parts();
    let scheme = parts.scheme.ok_or("does not begin with https:// or http://")?;
    if scheme != Scheme::HTTPS && scheme != Scheme::HTTP {
        return Err("begins with neither https:// nor http://");
    }
    let authority = parts.authority.ok_or("has no host")?;
    if authority.as_str().contains('@') {
        return Err("has a user name or password, which requests are not sent with");
    }
    authority::check(&authority)?;
    let path = parts.path_and_query.ok_or("has no path")?;
    if path.query().is_some() {
        return Err("has a query, which awsJson requests do not have");
    }
    Uri::builder()
        .scheme(scheme)
        .authority(authority)
        .path_and_query(with_slash(path)?)
        .build()
        .map_err(|_| "is not a URL")
}

fn with_slash(path: PathAndQuery) -> Result<PathAndQuery, &'static str> {
    if path.path().ends_with('/') {
        return Ok(path);
    }
    format!("{}/", path.path()).parse().map_err(|_| "has a path that is not one of a URL")
}
