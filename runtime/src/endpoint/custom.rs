//! Custom endpoints: endpoint URLs from the configuration, and their validation.
//!
//! Precedence: the URL set in code, the variable of the service, the variable for all services, the
//! service's section of the profile, the profile itself. Without any of them, `destination`
//! evaluates the endpoint rules of the service.

use http::Uri;
use http::uri::{PathAndQuery, Scheme};

use crate::display::url::redact_url;
use crate::http::authority;
use crate::settings::profile::Profile;
use crate::settings::profile::words::quote;
use crate::settings::setting::{Origin, Setting, Sources};
use crate::{ConfigError, Environment};

/// The variable for all services. With a suffix, the variable of one service.
pub(crate) const VARIABLE: &str = "AWS_ENDPOINT_URL";
/// The profile key of an endpoint URL, for one service and for all services.
const PROPERTY: &str = "endpoint_url";
/// The profile key that names the section with the endpoint URLs of individual services.
const SERVICES: &str = "services";

/// The custom endpoints of a configuration.
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

    /// Returns true if the URL was set in code.
    pub(crate) fn is_set_in_code(&self) -> bool {
        self.explicit.is_some()
    }

    pub(crate) fn clear_loaded(&mut self) {
        (self.variables, self.profile) = Default::default();
    }

    /// Stores the endpoints of the environment and the profile.
    pub(crate) fn set_loaded(&mut self, sources: &Sources<'_>) {
        self.variables = sources.environment.with_prefix(VARIABLE);
        self.profile = sources.profile.with_properties(&[PROPERTY, SERVICES]);
    }

    /// Returns the custom endpoint of the service with this SDK id, if there is one. Its path ends
    /// with a slash.
    pub(crate) fn custom(&self, service_id: &str) -> Result<Option<Uri>, ConfigError> {
        let Some(Setting { value, origin }) = self.setting(service_id)? else { return Ok(None) };
        parse(&value, &origin.to_string()).map(Some)
    }

    fn setting(&self, service_id: &str) -> Result<Option<Setting>, ConfigError> {
        if let Some(url) = &self.explicit {
            return Ok(Some(Setting { value: url.clone(), origin: Origin::Code }));
        }
        let sources = Sources { environment: &self.variables, profile: &self.profile };
        let id = service_id.replace([' ', '-'], "_");
        let service_variable = sources.variable(&format!("{VARIABLE}_{}", id.to_uppercase()));
        let shared_variable = || sources.variable(VARIABLE);
        if let Some(variable) = service_variable.or_else(shared_variable) {
            return Ok(Some(variable));
        }
        check_services(&self.profile)?;
        let property = self.profile.service_property(&id.to_lowercase(), PROPERTY);
        let property = property.or_else(|| self.profile.get(PROPERTY));
        Ok(property.map(|property| Setting::from_property(PROPERTY, property)))
    }

    /// Returns the URL that `Debug` of a configuration prints.
    pub(crate) fn redacted_url(&self) -> Option<String> {
        self.explicit.as_deref().map(redact_url)
    }
}

/// Returns an error if the profile names a services section that does not exist or has no services.
pub(crate) fn check_services(profile: &Profile) -> Result<(), ConfigError> {
    let Some(name) = profile.get(SERVICES) else { return Ok(()) };
    if profile.services.as_ref().is_some_and(|section| section.properties().next().is_some()) {
        return Ok(());
    }
    Err(ConfigError::ProfileFile {
        file: name.location.file.to_string(),
        line: Some(name.location.line),
        problem: format!(
            "names a services section that does not exist or is empty: add a section \
             `[services {}]` with the endpoint URLs to the config file",
            quote(&name.value)
        ),
    })
}

/// Parses an endpoint URL and ends its path with a slash. `origin` names the setting in errors.
pub(crate) fn parse(url: &str, origin: &str) -> Result<Uri, ConfigError> {
    check(url).map_err(|problem| ConfigError::InvalidEndpoint {
        url: redact_url(url),
        origin: origin.to_owned(),
        problem,
    })
}

fn check(url: &str) -> Result<Uri, &'static str> {
    // `Uri` would drop the fragment silently.
    if url.contains('#') {
        return Err("has a fragment, which requests cannot have");
    }
    let uri: Uri = url.parse().map_err(|_| "is not a URL")?;
    let parts = uri.into_parts();
    let scheme = parts.scheme.ok_or("does not begin with https:// or http://")?;
    if scheme != Scheme::HTTPS && scheme != Scheme::HTTP {
        return Err("begins with neither https:// nor http://");
    }
    let authority = parts.authority.ok_or("has no host")?;
    if authority.as_str().contains('@') {
        return Err("has a user name or password, which is not supported");
    }
    authority::check(&authority)?;
    let path = parts.path_and_query.ok_or("has no path")?;
    if path.query().is_some() {
        return Err("has a query, which is not supported");
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
    format!("{}/", path.path()).parse().map_err(|_| "has an invalid path")
}
