//! The headers that all requests of a service to one endpoint share.

use http::header::{HOST, USER_AGENT};
use http::{HeaderMap, HeaderValue, Uri};

use crate::Service;
use crate::http::authority::host_and_port;

/// Adds these headers to `headers`. `suffix` is the end of the user agent.
pub(crate) fn add(
    headers: &mut HeaderMap,
    service: &Service,
    url: &Uri,
    suffix: &str,
) -> Result<(), http::Error> {
    headers.insert(HOST, host(url)?);
    headers.insert(USER_AGENT, user_agent(service, suffix).try_into()?);
    Ok(())
}

fn user_agent(service: &Service, suffix: &str) -> String {
    let agent = concat!("longshore/", env!("CARGO_PKG_VERSION"), " ");
    let length = agent.len() + service.id.len() + 1 + service.api_version.len() + suffix.len();
    let mut text = String::with_capacity(length);
    text.push_str(agent);
    push_product(&mut text, service);
    text.push_str(suffix);
    text
}

/// Returns the part of the user agent that names the service: its SDK ID as an HTTP token, and the
/// version of its API.
#[cfg(feature = "server")]
#[must_use]
pub fn product(service: &Service) -> String {
    let mut text = String::new();
    push_product(&mut text, service);
    text
}

fn push_product(text: &mut String, service: &Service) {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    let id = service.id.chars().map(|c| if is_token(c) { c.to_ascii_lowercase() } else { '-' });
    text.extend(id);
    text.push('/');
    text.push_str(service.api_version);
}

/// Returns the value of the `Host` header, with the port unless it is the default port of the
/// scheme. The signature covers the header, so it is not left to the transport.
pub(crate) fn host(url: &Uri) -> Result<HeaderValue, http::Error> {
    Ok(HeaderValue::try_from(host_and_port(url).unwrap_or_default())?)
}
