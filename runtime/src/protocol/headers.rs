//! The headers that all requests of a service to one endpoint share.

use http::header::{HOST, USER_AGENT};
use http::{HeaderMap, HeaderValue, Uri};

use crate::Service;
use crate::http::authority::host_and_port;

/// Adds these headers to `headers`.
pub(crate) fn add(
    headers: &mut HeaderMap,
    service: &Service,
    url: &Uri,
) -> Result<(), http::Error> {
    headers.insert(HOST, host(url)?);
    headers.insert(USER_AGENT, user_agent(service).try_into()?);
    Ok(())
}

fn user_agent(service: &Service) -> String {
    format!("{} {}", concat!("longshore/", env!("CARGO_PKG_VERSION")), product(service))
}

/// Returns the part of the user agent that names the service: its SDK ID as a token of HTTP, and the
/// version of its API.
pub fn product(service: &Service) -> String {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    let id = service.id.to_ascii_lowercase().replace(|c| !is_token(c), "-");
    format!("{id}/{}", service.api_version)
}

/// Returns the value of the `Host` header, with the port unless it is the default port of the
/// scheme. The signature covers the header, so it is not left to the transport.
pub(crate) fn host(url: &Uri) -> Result<HeaderValue, http::Error> {
    Ok(HeaderValue::try_from(host_and_port(url).unwrap_or_default())?)
}
