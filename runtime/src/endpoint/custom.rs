//! Endpoints that a configuration sets itself, and what makes a URL one.
//!
//! An override from code wins, then the variable of the service, then the variable for all
//! services, then what the profile says in its section of services, then what it says for all
//! services; without any of them `destination` asks the rules of the service.

use http::Uri;
use http::uri::{PathAndQuery, Scheme};

use crate::http::authority;
use crate::settings::profile::Profile;
use crate::settings::setting::{Origin, Setting, Sources};
use crate::{ConfigError, Environment, Service};

/// The variable for all services, and the beginning of the name of each service's own.
pub(crate) const VARIABLE: &str = "AWS_ENDPOINT_URL";
/// What the profile calls a URL, for one service as for all of them.
const PROPERTY: &str = "endpoint_url";

/// What is printed instead of what may be a secret.
const HIDDEN: &str = "[redacted]";

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

    /// Takes over what variables and profile say, unless it is to be ignored.
    pub(crate) fn load(&mut self, sources: &Sources<'_>) -> Result<(), ConfigError> {
        (self.variables, self.profile) = Default::default();
        if self.explicit.is_some() {
            return Ok(());
        }
        let variable = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
        let ignored = sources.switch(variable, "ignore_configured_endpoint_urls")?;
        if !ignored.unwrap_or(false) {
            self.variables = sources.environment.only(VARIABLE);
            self.profile = sources.profile.only(PROPERTY);
        }
        Ok(())
    }

    /// The URL for the requests of `service` that somebody has set, whose path ends with a slash.
    pub(crate) fn custom(&self, service: &Service) -> Result<Option<Uri>, ConfigError> {
        let Some(Setting { value, origin }) = self.setting(service) else { return Ok(None) };
        parse(&value, &origin.to_string()).map(Some)
    }

    fn setting(&self, service: &Service) -> Option<Setting> {
        if let Some(url) = &self.explicit {
            return Some(Setting { value: url.clone(), origin: Origin::Code });
        }
        let sources = Sources { environment: &self.variables, profile: &self.profile };
        let id = service.id.replace([' ', '-'], "_");
        let own = sources.variable(&format!("{VARIABLE}_{}", id.to_uppercase()));
        let all = || sources.variable(VARIABLE);
        own.or_else(all).or_else(|| {
            let property = self.profile.of_service(&id.to_lowercase(), PROPERTY);
            let property = property.or_else(|| self.profile.get(PROPERTY))?;
            Some(Setting::of(PROPERTY, property))
        })
    }

    /// What `Debug` of a configuration shows.
    pub(crate) fn shown(&self) -> Option<String> {
        self.explicit.as_deref().map(shown)
    }
}

/// The URL, whose path ends with a slash, or what is wrong with it.
pub(crate) fn parse(url: &str, origin: &str) -> Result<Uri, ConfigError> {
    check(url).map_err(|problem| ConfigError::InvalidEndpoint {
        url: shown(url),
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

/// The URL without what may be a secret: what stands before an `@`, what follows a `?` or `#`, and
/// what is in the place of a port and is none. It may be no URL at all, so it is not parsed.
pub(crate) fn shown(url: &str) -> String {
    let start = url.find("://").map_or(0, |at| at + 3);
    let (before, rest) = url.split_at(start);
    // The last `@`, because a password that was not escaped may have any of these characters.
    let (user, rest) = rest.split_at(rest.rfind('@').unwrap_or(0));
    if user.contains(['?', '#']) {
        return format!("{before}{HIDDEN}");
    }
    let user = if user.is_empty() { "" } else { HIDDEN };
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let tail = if end < rest.len() { HIDDEN } else { "" };
    // With its mark, so that a line tells what was cut.
    let mark = rest[end..].chars().next().map(String::from).unwrap_or_default();
    format!("{before}{user}{}{mark}{tail}", without_false_port(&rest[..end]))
}

/// `host:[redacted]` of `host:password`.
fn without_false_port(rest: &str) -> String {
    let host = rest.trim_start_matches(['/', '\\']);
    let name = host.starts_with('[').then(|| host.find(']')).flatten().unwrap_or(0);
    let Some(colon) = host[name..].find(':') else { return rest.to_owned() };
    let at = rest.len() - host.len() + name + colon + 1;
    let port = rest[at..].split('/').next().unwrap_or_default();
    // A colon in the path is none before a port.
    let in_path = host[..name + colon].contains('/');
    let number = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let nothing = rest.len() == at;
    if in_path || number || nothing { rest.to_owned() } else { format!("{}{HIDDEN}", &rest[..at]) }
}
