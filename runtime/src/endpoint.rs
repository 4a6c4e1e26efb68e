//! Endpoints that a configuration sets itself, and what makes a URL one.
//!
//! An override from code wins, then the variable of the service, then the variable for all
//! services; without any of them `destination` asks the rules of the service.

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

use crate::{ConfigError, Environment, Service};

/// The variable for all services, and the beginning of the name of each service's own.
pub(crate) const VARIABLE: &str = "AWS_ENDPOINT_URL";
/// The variable that switches the two others off.
pub(crate) const IGNORE: &str = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";

/// The origin of an endpoint that was set in code.
const CODE: &str = "the configuration in code";

/// What is printed instead of what may be a secret.
const HIDDEN: &str = "[redacted]";

/// What a configuration says about endpoints.
#[derive(Clone, Default)]
pub(crate) struct Overrides {
    explicit: Option<String>,
    variables: Environment,
}

impl Overrides {
    pub(crate) fn set(&mut self, url: String) {
        self.explicit = Some(url);
    }

    /// Takes the variables over, unless they are to be ignored.
    pub(crate) fn load(&mut self, environment: &Environment) -> Result<(), ConfigError> {
        let ignored = match environment.get(IGNORE) {
            None => false,
            Some(value) if value.eq_ignore_ascii_case("false") => false,
            Some(value) if value.eq_ignore_ascii_case("true") => true,
            Some(value) => {
                return Err(ConfigError::InvalidVariable {
                    name: IGNORE,
                    value: value.to_owned(),
                    expected: "true or false",
                });
            }
        };
        if !ignored {
            self.variables = environment.only(VARIABLE);
        }
        Ok(())
    }

    /// The URL that is set for the requests of `service`; its path ends with a slash.
    pub(crate) fn custom(&self, service: &Service) -> Result<Option<Uri>, ConfigError> {
        if let Some(url) = &self.explicit {
            return parse(url, CODE).map(Some);
        }
        let own = format!("{VARIABLE}_{}", variable_suffix(service.id));
        for name in [own.as_str(), VARIABLE] {
            if let Some(url) = self.variables.get(name) {
                return parse(url, name).map(Some);
            }
        }
        Ok(None)
    }

    /// What `Debug` of a configuration shows.
    pub(crate) fn shown(&self) -> Option<String> {
        self.explicit.as_deref().map(shown)
    }
}

/// The SDK id as variables have it: upper case, with underscores.
fn variable_suffix(id: &str) -> String {
    id.to_uppercase().replace([' ', '-'], "_")
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
    check_authority(&authority)?;
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

fn check_authority(authority: &Authority) -> Result<(), &'static str> {
    if authority.as_str().contains('@') {
        return Err("has a user name or password, which requests are not sent with");
    }
    if authority.host().is_empty() {
        return Err("has no host");
    }
    // A port that is no number is not a port to the parser, and would be dropped.
    match authority.as_str().strip_prefix(authority.host()) {
        Some("") => Ok(()),
        _ if authority.port_u16().is_some_and(|port| port != 0) => Ok(()),
        _ => Err("has a port that is not a number from 1 to 65535"),
    }
}

fn with_slash(path: PathAndQuery) -> Result<PathAndQuery, &'static str> {
    if path.path().ends_with('/') {
        return Ok(path);
    }
    format!("{}/", path.path()).parse().map_err(|_| "has a path that is not one of a URL")
}

/// The URL without what may be a secret: what stands before an `@`, what follows a `?` or `#`, and
/// what is in the place of a port and is none. It may be no URL at all, so it is not parsed.
fn shown(url: &str) -> String {
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
