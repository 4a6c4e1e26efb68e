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
    let product = concat!("longshore/", env!("CARGO_PKG_VERSION"));
    format!("{product} {}/{}{suffix}", service.signing_name, service.api_version)
}

/// Returns the value of the `Host` header, with the port unless it is the default port of the
/// scheme. The signature covers the header, so it is not left to the transport.
pub(crate) fn host(url: &Uri) -> Result<HeaderValue, http::Error> {
    Ok(HeaderValue::try_from(host_and_port(url).unwrap_or_default())?)
}
